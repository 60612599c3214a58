import { ourLesson, renamed, studentsLesson } from "../practice/lesson.ts";
import { currentStage, readProgress } from "../practice/progress.ts";
import { requirePractice } from "../requirements/require-practice.ts";
import { findStage, numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { difference } from "../terminal/difference.ts";
import { page } from "../terminal/page.ts";
import { paint } from "../terminal/paint.ts";

interface Options {
  spoil: boolean;
}

/** Runs `pnpm workshop diff 03`, a student's code beside ours, or `diff 02 03`, from stage to stage. */
export async function diff(
  first: string | undefined,
  second: string | undefined,
  { spoil }: Options,
): Promise<void> {
  const stage = first === undefined ? currentStage() : findStage(first);
  if (second !== undefined) {
    const other = findStage(second);
    const before = renamed(ourLesson(stage), stage.name, other.name);
    await page(difference(before, ourLesson(other)));
    return;
  }
  requirePractice(stage);
  if (!isDone(stage) && !spoil) process.exitCode = 1;
  await page(showDiff(stage, spoil));
}

/** Returns a student's code beside ours, or that it would give away too much as yet. */
export function showDiff(stage: Stage, spoil = false): string {
  const number = numberOf(stage);
  if (!isDone(stage) && !spoil) {
    return `\n  Ours is shown when yours works. To see it now:\n  ${paint("bold", `pnpm workshop diff ${number} --spoil`)}\n`;
  }
  return difference(studentsLesson(stage), ourLesson(stage)) || "\n  Yours is the same as ours.\n";
}

function isDone({ name }: Stage): boolean {
  return readProgress()[name]?.passed !== undefined;
}
