import { readdirSync, readFileSync, readlinkSync } from "./fs.ts";
import { namespaces } from "./namespaces.ts";

/**
 * Refuses to go on in the namespaces of the parent process: there, the code of a container would
 * rename the real host and mount over its directories. Nor does it go on when run() is not the parent
 * any more, as then nobody would end the container.
 *
 * @param flags the namespaces that must be new, CLONE_NEW* constants
 * @throws {Error} when one of them is the parent's, or when the parent is another program
 */
export function requireNewNamespaces(flags: number): void {
  // Not process.ppid: that is 0 in a new PID namespace, but this is still the host's /proc.
  const parent = /^PPid:\t(\d+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
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
  // run() is this same program. When it dies, some init becomes the parent
  if (ofRun(() => readlinkSync(`/proc/${parent}/exe`)) !== readlinkSync("/proc/self/exe")) {
    throw new Error("child: run() has ended");
  }
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
