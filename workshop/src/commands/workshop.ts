import { existsSync } from "node:fs";
import { readJoined } from "../board/student/joined.ts";
import { mainFile } from "../practice/main-file.ts";
import { currentStage, readProgress } from "../practice/progress.ts";
import { numberOf } from "../stages/find-stage.ts";
import { stages } from "../stages/index.ts";
import { paint } from "../terminal/paint.ts";

/** Runs `pnpm workshop`: shows the stages, what is done, and the next thing to type. */
export function showWorkshop(json: boolean): void {
  const progress = readProgress();
  const rows = stages.map((stage) => {
    const { passed, held = 0 } = progress[stage.name] ?? {};
    const state = passed ? "done" : existsSync(mainFile(stage)) ? "started" : "open";
    return { stage: stage.name, state, passed, held, facts: stage.facts.length };
  });
  const areDone = rows.every(isDone);
  const next = nextCommand();
  if (json) {
    console.log(JSON.stringify({ stages: rows, next: areDone ? null : next }, null, 2));
    return;
  }
  console.log(`\n  ${paint("bold", "A container from scratch, in TypeScript")}\n`);
  for (const { stage, state, passed, held, facts } of rows.filter(isAnnounced)) {
    const mark = { done: paint("green", "✓"), started: paint("bold", "›"), open: " " }[state];
    const note = {
      done: `done on ${passed?.slice(0, 10)}`,
      // The check stops at the first that fails: none says little about the others
      started: held > 0 ? `${held} of ${facts} facts` : "started",
      open: "",
    }[state];
    console.log(`  ${mark} ${stage.padEnd(20)} ${paint("dim", note ?? "")}`.trimEnd());
  }
  const joined = readJoined();
  if (joined) {
    console.log(
      `\n  On the board at ${joined.address} as ${joined.name}: pnpm workshop join tells what it gets`,
    );
  }
  console.log(
    areDone
      ? `\n  All are done. Read on: ${paint("bold", "pnpm run docs")}\n`
      : `\n  Next: ${paint("bold", next)}\n`,
  );
}

function isDone({ state }: { state: string }): boolean {
  return state === "done";
}

/** Tells whether a stage is shown: those of part two are when part one is done, and not before. */
function isAnnounced(
  row: { stage: string; state: string },
  _: number,
  rows: (typeof row)[],
): boolean {
  const partOne = rows.filter(({ stage }) => stage < "06");
  return partOne.includes(row) || row.state !== "open" || partOne.every(isDone);
}

function nextCommand(): string {
  const stage = currentStage();
  const verb = existsSync(mainFile(stage)) ? "check" : "practice";
  return `pnpm workshop ${verb} ${numberOf(stage)}`;
}
