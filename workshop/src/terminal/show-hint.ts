import { existsSync } from "node:fs";
import { codeOf, lessonOf, studentsLesson } from "../practice/lesson.ts";
import { mainFile } from "../practice/main-file.ts";
import { noteProgress, readProgress } from "../practice/progress.ts";
import { starterOf } from "../practice/starter.ts";
import { statementsIn } from "../practice/statements.ts";
import { numberOf, originOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { difference } from "./difference.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/**
 * Returns the next hint for the fact that failed at the last check, or for the first that is new when
 * nothing has been checked yet, and notes that it has been read.
 */
export function showHint(stage: Stage): string {
  const { checked, failed, hints: read = {} } = readProgress()[stage.name] ?? {};
  const isChecked = checked !== undefined && existsSync(mainFile(stage));
  const isNew = (id: string) => originOf(id, stage) === stage;
  const fact = stage.facts.find(({ id }) => (isChecked ? id === failed : isNew(id)));
  if (fact === undefined) {
    const ours = paint("bold", `pnpm workshop diff ${numberOf(stage)}`);
    return `\n  All facts hold: there is nothing to hint at.\n  Ours: ${ours}\n`;
  }
  const number = Math.min((read[fact.id] ?? 0) + 1, 3);
  noteProgress(stage, { hints: { ...read, [fact.id]: number } });
  const title = paint("bold", wrap("  ", `Hint ${number} of 3: ${fact.title}`));
  const text = isNew(fact.id) ? hintFor(fact.id, stage, number) : hintForOld(stage, number);
  return `\n${title}\n\n${text}\n`;
}

function hintFor(fact: string, stage: Stage, number: number): string {
  const { idea = "", direction = "", code = [] } = stage.hints[fact] ?? {};
  if (number < 3) return wrap("  ", number === 1 ? idea : direction);
  return statementsIn(codeOf(stage), code)
    .map((line) => `    ${line}`)
    .join("\n");
}

/** Returns a hint for a fact of an earlier stage: a change is in its way, and we cannot know which. */
function hintForOld(stage: Stage, number: number): string {
  if (number === 1) {
    return wrap(
      "  ",
      "It held in the code that you began with: something that you have changed since is in its way. What the check says of it tells what happens now.",
    );
  }
  if (number === 2) {
    return wrap(
      "  ",
      "Take your changes back, one at a time, until it holds again: the last one that you took back is the one.",
    );
  }
  return difference(
    lessonOf(stage, "the code that you began with", starterOf(stage)),
    studentsLesson(stage),
  );
}
