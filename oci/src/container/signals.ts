import { constants } from "node:os";

/**
 * Reads 9, KILL or SIGKILL.
 *
 * @throws {Error} for one that there is not
 */
export function readSignal(text: string): number {
  const name = text.toUpperCase().replace(/^(SIG)?/, "SIG") as NodeJS.Signals;
  const number = /^\d+$/.test(text) ? Number(text) : constants.signals[name];
  if (number >= 1 && number <= 64) return number;
  throw new Error(`unknown signal ${JSON.stringify(text)}: type a name such as TERM, or 1 to 64`);
}

/** Sends a signal to a process, unless that has ended. */
export function send(pid: number, signal: NodeJS.Signals | number): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
