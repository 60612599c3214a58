import { stageFolder } from "workshop/host/folders";
import type { Host } from "./open-host.ts";
import { type Result, run } from "./run.ts";

/** The command line that starts a stage on a host. It ends with the stage's own exit status. */
export function stageCommand(host: Host, stage: string, command: string[]): string[] {
  const folder = stageFolder(stage);
  return [...host.enter(folder), "pnpm", "--silent", "start", ...command];
}

/** Runs a command in a stage's container on a host, to its end, as a student would. */
export function runStage(host: Host, stage: string, ...command: string[]): Promise<Result> {
  return run(stageCommand(host, stage, command));
}
