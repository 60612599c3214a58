import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { codeOf } from "../practice/lesson.ts";
import { mainFile } from "../practice/make-practice.ts";
import { currentStage, readProgress } from "../practice/progress.ts";
import { findStage, numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { difference } from "../terminal/difference.ts";

interface Options {
  spoil: boolean;
}

/** Runs `pnpm workshop diff 03`, a student's code beside ours, or `diff 02 03`, from stage to stage. */
export function diff(
  first: string | undefined,
  second: string | undefined,
  options: Options,
): void {
  const stage = first === undefined ? currentStage() : findStage(first);
  if (second === undefined) {
    if (!showDiff(stage, options)) process.exitCode = 1;
    return;
  }
  const other = findStage(second);
  const name = (of: Stage) => `steps/${of.name}/src/main.ts`;
  console.log(difference(name(stage), codeOf(stage), name(other), codeOf(other)));
}

/** Shows it, and returns true, unless the stage is not done: it would give away too much. */
export function showDiff(stage: Stage, { spoil }: Options): boolean {
  const number = numberOf(stage);
  if (readProgress()[stage.name]?.passed === undefined && !spoil) {
    console.log(
      `\n  Ours is shown when yours works (pnpm workshop check ${number}),\n  or with: pnpm workshop diff ${number} --spoil\n`,
    );
    return false;
  }
  const file = mainFile(stage);
  const ours = `steps/${stage.name}/src/main.ts`;
  const text = difference(
    path.relative(repo, file),
    readFileSync(file, "utf8"),
    ours,
    codeOf(stage),
  );
  console.log(text || "\n  Yours is the same as ours, to the letter.\n");
  return true;
}
