import { stages } from "./index.ts";
import type { Stage } from "./stage.ts";

/**
 * Finds the stage that a student means: "3", "03", "03-pid-mnt-chroot" or "practice-03".
 *
 * @throws {Error} when there is none, with those that there are
 */
export function findStage(text: string): Stage {
  const number = /^(?:practice-)?0*(\d+)/.exec(text)?.[1]?.padStart(2, "0");
  const stage =
    stages.find(({ name }) => name === text) ?? stages.find((each) => numberOf(each) === number);
  const isWhole = /^(practice-)?\d+$/.test(text) || stage?.name === text;
  if (stage && isWhole) return stage;
  throw new Error(`there is no stage ${text}: type one of ${stages.map(numberOf).join(", ")}`);
}

/** Returns "03" of "03-pid-mnt-chroot": what one types. */
export function numberOf({ name }: Stage): string {
  return name.slice(0, 2);
}

/** Returns the stage before, or undefined for the first. */
export function stageBefore(stage: Stage): Stage | undefined {
  return stages[stages.indexOf(stage) - 1];
}

/** Returns the stage in which a fact of a stage is new. */
export function originOf(fact: string, stage: Stage): Stage {
  const before = stageBefore(stage);
  return before?.facts.some(({ id }) => id === fact) ? originOf(fact, before) : stage;
}
