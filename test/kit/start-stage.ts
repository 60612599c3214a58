import { type Host, type RunningStage, startStage as start } from "host";
import { onTestFinished } from "vitest";

/** Starts a command in a stage's container on a host; it is ended with the test. */
export async function startStage(
  host: Host,
  stage: string,
  ...command: string[]
): Promise<RunningStage> {
  const container = await start(host, stage, ...command);
  onTestFinished(container.close);
  return container;
}
