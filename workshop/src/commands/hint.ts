import { ourLesson, renamed } from "../practice/lesson.ts";
import { currentStage, noteProgress, readProgress } from "../practice/progress.ts";
import { findStage, numberOf, stageBefore } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { difference } from "../terminal/difference.ts";
import { paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** Runs `pnpm workshop hint 03`: one hint a call, more each time, at last the code. */
export function hint(name: string | undefined): void {
  console.log(showHint(name === undefined ? currentStage() : findStage(name)));
}

/** Returns the next hint, which is then used up. */
export function showHint(stage: Stage): string {
  const { name, hints } = stage;
  const read = readProgress()[name]?.hints ?? 0;
  const number = Math.min(read + 1, hints.length + 1);
  noteProgress(stage, { hints: number });
  const head = `\n  ${paint("bold", `Hint ${number} of ${hints.length + 1}`)}\n`;
  const text = hints[number - 1];
  if (text !== undefined) return `${head}\n${wrap("  ", text)}\n`;
  const before = stageBefore(stage);
  const starter = before && renamed(ourLesson(before), before.name, name);
  return [
    head,
    `${wrap("  ", "The code: what comes to the starter, and what goes.")}\n`,
    `${difference(starter ?? { file: "starter", code: "", firstLine: 1 }, ourLesson(stage))}\n`,
    `  Then: ${paint("bold", `pnpm workshop check ${numberOf(stage)}`)}\n`,
  ].join("\n");
}
