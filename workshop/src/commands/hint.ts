import { currentStage, findStage, numberOf } from "../practice/find-stage.ts";
import { hintsOf, lessonOf } from "../practice/hints.ts";
import { noteProgress, readProgress } from "../practice/progress.ts";
import { difference } from "../terminal/difference.ts";
import { paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** `pnpm workshop hint 03`: one hint a call, more each time, at last the code. */
export function hint(name: string | undefined): void {
  showHint(name === undefined ? currentStage() : findStage(name));
}

export function showHint(stage: string): void {
  const hints = hintsOf(stage);
  const read = readProgress()[stage]?.hints ?? 0;
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
  console.log(`${difference("starter", before, `steps/${stage}/src/main.ts`, after)}\n`);
  console.log(`  Then: ${paint("bold", `pnpm workshop check ${numberOf(stage)}`)}\n`);
}
