import { readFileSync } from "node:fs";

/**
 * Sends a signal to the child of a process that waits for it, and passes no signals on.
 *
 * @param pid of the process: it gets the signal itself when it has no child
 * @param signal a number, or a name such as "SIGTERM"
 * @returns false when neither is there any more
 */
export function signalChildOf(pid: number | undefined, signal: NodeJS.Signals | number): boolean {
  if (pid === undefined) return false;
  try {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
    return process.kill(Number(child || pid), signal);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["ENOENT", "ESRCH"].includes(code)) throw error;
    return false; // it has just ended
  }
}
