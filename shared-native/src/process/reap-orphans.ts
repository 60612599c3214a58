import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { WNOHANG, waitpid } from "../libc/process.ts";

/** The children of a process's main thread: those that it has started, and orphans. */
const CHILDREN = "/proc/thread-self/children";

/**
 * Reaps all children of this process that have ended and that Node has not started itself. Without
 * /proc, it finds none.
 *
 * @param own the child that Node waits for
 * @throws {SyscallError} what waitpid(2) gives
 */
export function reapOrphans(own: ChildProcess): void {
  if (!existsSync(CHILDREN)) return; // the command has unmounted /proc
  const pids = readFileSync(CHILDREN, "utf8").split(" ").map(Number).filter(Boolean);
  for (const pid of pids) if (pid !== own.pid) waitpid(pid, WNOHANG);
}
