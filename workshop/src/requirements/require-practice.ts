import { existsSync } from "node:fs";
import { mainFile } from "../practice/main-file.ts";
import { numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";

/** @throws {Error} when a student has not begun with a stage yet, with what to type */
export function requirePractice(stage: Stage): void {
  if (existsSync(mainFile(stage))) return;
  throw new Error(
    `there is no code of yours yet: type "pnpm workshop practice ${numberOf(stage)}"`,
  );
}
