import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { giveToOwnerOfFolder, practiceFolder, repo, stageFolder } from "host";
import { numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { mainFile } from "./main-file.ts";
import { starterOf } from "./starter.ts";

/**
 * Makes the package in which a student writes a stage, from the code of the one before.
 *
 * @param reset moves the code that is there out of the way first
 * @returns where that is kept now, if there was any
 * @throws {Error} when there is code, and it is not to be reset
 */
export function makePractice(stage: Stage, reset: boolean): string | undefined {
  const folder = practiceFolder(stage.name);
  const source = path.join(folder, "src");
  const [manifest, starter] = [packageOf(stage), starterOf(stage)];
  const kept = existsSync(source) ? keep(source, stage, reset) : undefined;
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), manifest);
  writeFileSync(mainFile(stage), starter);
  const made = [folder, path.join(folder, "package.json"), source, mainFile(stage)];
  // Stage 13 has a program that engines call
  const runtime = path.join(stageFolder(stage.name), "runtime");
  if (existsSync(runtime)) {
    copyFileSync(runtime, path.join(folder, "runtime"));
    made.push(path.join(folder, "runtime"));
  }
  // For a student who types `sudo pnpm workshop practice`
  for (const each of made) giveToOwnerOfFolder(each);
  return kept;
}

function keep(source: string, stage: Stage, reset: boolean): string {
  if (!reset) {
    throw new Error(
      `${path.relative(repo, source)} is there already, and stays as it is. To begin anew, and keep it beside: pnpm workshop practice ${numberOf(stage)} --reset`,
    );
  }
  let number = 1;
  while (existsSync(`${source}.${number}`)) number++;
  renameSync(source, `${source}.${number}`);
  return `${source}.${number}`;
}

/** Returns the package.json of the stage itself, under another name. */
function packageOf(stage: Stage): string {
  const text = readFileSync(path.join(stageFolder(stage.name), "package.json"), "utf8");
  return text.replace(`"name": "${stage.name}"`, `"name": "practice-${numberOf(stage)}"`);
}
