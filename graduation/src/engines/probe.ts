import { attempt, describeFailure } from "./ask.ts";

/** The command that every engine runs: its process ID, its hostname, the marker of ubuntu-fs; a status. */
export const PROBE = ["bash", "-c", "echo $$ $(hostname) $(ls /ROOT_OF_CONTAINER); exit 7"];

/**
 * Lets an engine run the probe in a new container.
 *
 * @param command the engine's, with the probe
 * @returns what the probe saw, in words
 * @throws {Error} when it saw something else, or did not run
 */
export async function probe(...command: string[]): Promise<string> {
  const outcome = await attempt(...command);
  if (outcome.status === 7 && /^1 \S+ \/ROOT_OF_CONTAINER\s*$/.test(outcome.stdout)) {
    return "process 1 in ubuntu-fs, status 7";
  }
  throw new Error(`${command.slice(0, 2).join(" ")}: ${describeFailure(outcome)}`);
}
