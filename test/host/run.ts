import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a finished command left. */
export interface Result {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a command to its end, without a terminal and with nothing on standard input.
 *
 * @param command the program and its arguments
 * @param environment variables on top of this process's own
 */
export async function run(
  [file = "", ...args]: string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    detached: true, // a session of its own, so that no terminal of the one who tests is involved
  });
  const [[status, signal], stdout, stderr] = await Promise.all([
    once(child, "exit"),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { status, signal, stdout, stderr };
}
