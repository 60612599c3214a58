import { stages } from "host";
import { readProgress } from "./progress.ts";

/**
 * The stage that a student means: "3", "03", "03-pid-mnt-chroot" or "practice-03".
 *
 * @throws {Error} when there is none, with those that there are
 */
export function findStage(name: string): string {
  const number = /^(?:practice-)?0*(\d+)/.exec(name)?.[1]?.padStart(2, "0");
  const stage =
    stages.find((each) => each === name) ?? stages.find((each) => each.slice(0, 2) === number);
  const isWhole = /^(practice-)?\d+$/.test(name) || stage === name;
  if (stage && isWhole) return stage;
  throw new Error(`there is no stage ${name}: type one of ${stages.map(numberOf).join(", ")}`);
}

/** The stage to go on with: the first that is not done. */
export function currentStage(): string {
  const progress = readProgress();
  return stages.find((stage) => progress[stage]?.passed === undefined) ?? stages.at(-1) ?? "";
}

/** "03" of "03-pid-mnt-chroot": what one types. */
export function numberOf(stage: string): string {
  return stage.slice(0, 2);
}
