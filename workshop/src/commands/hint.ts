import { lessonOf } from "../practice/lesson.ts";
import { currentStage, noteProgress, readProgress } from "../practice/progress.ts";
import { findStage, numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { difference } from "../terminal/difference.ts";
import { paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** Runs `pnpm workshop hint 03`: one hint a call, more each time, at last the code. */
export function hint(name: string | undefined): void {
  showHint(name === undefined ? currentStage() : findStage(name));
}

export function showHint(stage: Stage): void {
  const { name, hints } = stage;
  const read = readProgress()[name]?.hints ?? 0;
  const number = Math.min(read + 1, hints.length + 1);
  noteProgress(stage, { hints: number });
  console.log(`\n  ${paint("bold", `Hint ${number} of ${hints.length + 1}`)}\n`);
  const text = hints[number - 1];
  if (text !== undefined) {
    console.log(`${wrap("  ", text)}\n`);
    return;
  }
  const { before, after } = lessonOf(stage);
  console.log(`${wrap("  ", "The code: what comes to the starter, and what goes.")}\n`);
  console.log(`${difference("starter", before, `steps/${name}/src/main.ts`, after)}\n`);
  console.log(`  Then: ${paint("bold", `pnpm workshop check ${numberOf(stage)}`)}\n`);
}
