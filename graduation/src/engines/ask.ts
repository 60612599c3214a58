import { type Outcome, run } from "host";

/** The milliseconds after which a program is ended: engines answer within seconds, busy ones in a minute. */
const TIMEOUT = 120_000;

/** Runs a program of an engine's to its end. */
export function attempt(...command: string[]): Promise<Outcome> {
  return run(command, { timeout: TIMEOUT, killSignal: "SIGKILL" });
}

/**
 * Runs a program that must succeed.
 *
 * @returns what it has printed
 * @throws {Error} when its status is another one than 0, with its last line of errors
 */
export async function ask(...command: string[]): Promise<string> {
  const outcome = await attempt(...command);
  if (outcome.status === 0) return outcome.stdout.trim();
  throw new Error(`${describe(command)}: ${describeFailure(outcome)}`);
}

/** Describes an outcome that should have been another one. */
export function describeFailure({ status, signal, stderr, stdout }: Outcome): string {
  const last = stderr.trim().split("\n").at(-1) || stdout.trim().split("\n").at(-1);
  return `status ${status ?? signal}: ${last}`;
}

function describe(command: string[]): string {
  return command.join(" ").replace(/\s+/g, " ").slice(0, 120);
}
