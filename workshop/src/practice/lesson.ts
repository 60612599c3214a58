import { readFileSync } from "node:fs";
import path from "node:path";
import { stageFolder } from "host";
import { stageBefore } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";

/** Returns the code of a stage, and of the one before: what has to change is the difference. */
export function lessonOf(stage: Stage): { before: string; after: string } {
  const before = stageBefore(stage);
  return { before: before ? codeOf(before) : "", after: codeOf(stage) };
}

/** Reads the code of a stage. */
export function codeOf({ name }: Stage): string {
  return readFileSync(path.join(stageFolder(name), "src/main.ts"), "utf8");
}
