import {
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { practiceFolder, repo, stageFolder, stages } from "host";
import { numberOf } from "./find-stage.ts";
import { goalComment } from "./goals.ts";

/** Where a student writes a stage. */
export function mainFile(stage: string): string {
  return path.join(practiceFolder(stage), "src/main.ts");
}

/**
 * Makes the package in which a student writes a stage, from the code of the one before.
 *
 * @param reset moves the code that is there out of the way first
 * @returns where that is kept now, if there was any
 * @throws {Error} when there is code, and it is not to be reset
 */
export function makePractice(stage: string, reset: boolean): string | undefined {
  const folder = practiceFolder(stage);
  const source = path.join(folder, "src");
  const kept = existsSync(source) ? keep(source, stage, reset) : undefined;
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), packageOf(stage));
  writeFileSync(mainFile(stage), starterOf(stage));
  giveToOwner(folder);
  return kept;
}

function keep(source: string, stage: string, reset: boolean): string {
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

/** The package of the stage itself, under another name. */
function packageOf(stage: string): string {
  const text = readFileSync(path.join(stageFolder(stage), "package.json"), "utf8");
  return text.replace(`"name": "${stage}"`, `"name": "practice-${numberOf(stage)}"`);
}

/** The code of the stage before, or a bare dispatch, below the goal. */
export function starterOf(stage: string): string {
  const before = stages[stages.indexOf(stage) - 1];
  const file = before
    ? path.join(stageFolder(before), "src/main.ts")
    : path.join(repo, "workshop/starter/main.ts");
  const name = `practice-${numberOf(stage)}`;
  const code = readFileSync(file, "utf8").replaceAll(before ?? stage, name);
  return `${goalComment(stage)}\n${code}`;
}

/** `sudo pnpm workshop practice` makes it for the one who owns the repo. */
function giveToOwner(folder: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(repo);
  for (const name of ["", "package.json", "src", "src/main.ts"])
    lchownSync(path.join(folder, name), uid, gid);
}
