import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { PR_SET_PDEATHSIG, prctl } from "../libc/process.ts";
import { holdEndingSignals } from "./ending-signals.ts";
import { namespaces } from "./namespaces.ts";
import { parentPid } from "./parent-pid.ts";

/**
 * Refuses to go on in the namespaces of the parent process: there, the code of a container would
 * rename the real host and mount over its directories.
 *
 * @param flags the namespaces that must be new, CLONE_NEW* constants
 * @throws {Error} when one of them is the parent's
 */
export function requireNewNamespaces(flags: number): void {
  const parent = parentPid();
  // spawn() moved the main thread of run(), which may still be on its way back: the others never move
  const threads = ofRun(() => readdirSync(`/proc/${parent}/task`));
  for (const { flag, file, name } of namespaces) {
    if (!(flags & flag)) continue;
    const own = readlinkSync(`/proc/self/ns/${file}`);
    const theirs = (tid: string) => readlinkSync(`/proc/${parent}/task/${tid}/ns/${file}`);
    if (ofRun(() => threads.some((tid) => theirs(tid) !== own))) continue;
    throw new Error(
      `child: the ${name} namespace is the host's: only "run" starts child, type start <command>`,
    );
  }
}

/**
 * Has the kernel send a signal to this process when run(), its parent, dies, even by SIGKILL. That
 * stays so after execve, but not after a change of user. bubblewrap calls it so, too.
 *
 * @param signal SIGTERM, for which `wait` ends the container, or SIGKILL where nothing has to be done
 *   at its end
 * @param shell the program of a parent that is not run() itself, and ends with it
 * @throws {Error} when run() is dead already, as then nobody would end the container
 * @throws {SyscallError} what prctl(2) gives
 */
export function dieWithParent(signal: "SIGTERM" | "SIGKILL" = "SIGTERM", shell?: string): void {
  // A process 1 does not get a signal that it has no handler for, other than SIGKILL
  if (signal === "SIGTERM") holdEndingSignals();
  prctl(PR_SET_PDEATHSIG, constants.signals[signal]);
  // Looked at afterwards, so that there is no gap. run() is this same program: when it dies, some
  // init becomes the parent
  const parent = parentPid();
  const program = ofRun(() => readlinkSync(`/proc/${parent}/exe`));
  const expected = shell === undefined ? readlinkSync("/proc/self/exe") : realpathSync(shell);
  if (program !== expected) throw new Error("child: run() has ended");
}

/** Reads from run()'s folder in /proc: it may die at any time, and what is asked for is then not there. */
function ofRun<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // EACCES is what readlink(2) gives for a namespace of a process that ends meanwhile
    if (!["ENOENT", "ESRCH", "EACCES"].includes(code)) throw error;
    throw new Error("child: run() has ended", { cause: error });
  }
}
