import { currentStage, readProgress, type StageProgress } from "../../practice/progress.ts";
import { stages } from "../../stages/index.ts";
import type { Stage } from "../../stages/stage.ts";
import type { Standing } from "../messages.ts";
import type { Joined } from "./joined.ts";

/** Returns all that is sent to a board, as it is now. */
export function standingOf({ key, name, since, help }: Joined): Standing {
  const progress = readProgress();
  const begun = stages.filter((stage) => progress[stage.name] !== undefined);
  const moves = Object.values(progress).map(({ moved }) => moved ?? since);
  return {
    key,
    ...(name && { name }),
    stage: stageOf(begun, progress).name,
    stages: Object.fromEntries(
      begun.map((stage) => [stage.name, summaryOf(progress[stage.name] ?? {})]),
    ),
    idle: secondsSince([since, ...moves].reduce((one, other) => (one > other ? one : other))),
    ...(help && { help: secondsSince(help) }),
  };
}

/** Returns the stage that the student is at: the last one that was checked, unless that is done. */
function stageOf(begun: Stage[], progress: Record<string, StageProgress>): Stage {
  const noted = ({ name }: Stage) => progress[name]?.noted ?? "";
  const latest = begun.reduce<Stage | undefined>(
    (one, other) => (one && noted(one) >= noted(other) ? one : other),
    undefined,
  );
  return latest && progress[latest.name]?.passed === undefined ? latest : currentStage();
}

function summaryOf({ held = 0, passed, failed, hints = {} }: StageProgress) {
  return {
    held,
    passed: passed !== undefined,
    ...(failed && { failed }),
    hints: Object.values(hints).reduce((sum, read) => sum + read, 0),
  };
}

/** Relative times: the clocks of two computers differ. */
function secondsSince(time: string): number {
  return Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
}
