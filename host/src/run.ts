import { type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** The outcome of a finished command. */
export interface Outcome {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command to its end, without a terminal and with nothing on standard input.
 *
 * @param command the program and its arguments
 * @param options for `spawn`
 */
export async function run(
  [file = "", ...args]: string[],
  options: SpawnOptions = {},
): Promise<Outcome> {
  const child = spawn(file, args, {
    detached: true, // a session of its own, so that no terminal of the one who types is involved
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[status, signal], stdout, stderr] = await Promise.all([
    once(child, "exit"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, signal, stdout, stderr };
}
