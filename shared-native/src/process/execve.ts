import { constants } from "node:fs";
import { constants as os } from "node:os";
import { reportNotExecuted } from "../errors/not-executed.ts";
import { F_GETFL, F_SETFD, F_SETFL, fcntl } from "../libc/fcntl.ts";
import { CLOSE_RANGE_CLOEXEC, closeRange } from "../libc/process.ts";
import { SIG_DFL, SIG_IGN, signal } from "../libc/signal.ts";
import { ignoredSignals, restoreFileLimit } from "./inherited.ts";

/**
 * Replaces this program by another one, in the same process: it keeps its ID and its namespaces, and of
 * Node nothing stays, no thread and no memory. When the other program cannot be
 * executed, this one ends as a shell does: with a line, and 127 or 126.
 *
 * @param file a program, by its path
 * @param args its arguments, the first of them its name
 * @param descriptors those that it gets besides 0, 1 and 2
 * @param env its environment
 * @param atLast what has to be done when all else is, as a filter of system calls may refuse the rest
 * @throws {Error} before Node 22.15, which has no `process.execve`
 * @see https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function execve(
  file: string,
  args: readonly string[],
  descriptors: readonly number[] = [],
  env: NodeJS.ProcessEnv = process.env,
  atLast: () => void = () => {},
): never {
  if (process.execve === undefined) {
    throw new Error(
      `Node ${process.versions.node} cannot become another program, as from 22.15 on: type "npx -y pnpm@12 install", which brings a newer one`,
    );
  }
  // A program starts with what the one before has ignored: for Node, these two
  for (const name of ["SIGPIPE", "SIGXFSZ"] as const) signal(os.signals[name], SIG_DFL);
  for (const name of ignoredSignals) signal(os.signals[name], SIG_IGN);
  restoreFileLimit();
  // A pipe that Node has written to does not block, and programs take that for an error when it is full
  for (const fd of [0, 1, 2]) fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~constants.O_NONBLOCK);
  // As spawn does: a directory that whoever started us had open would lead out of every root
  closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC);
  for (const fd of descriptors) fcntl(fd, F_SETFD, 0);
  atLast();
  try {
    return process.execve(file, args, env);
  } catch (error) {
    process.exit(reportNotExecuted(file, error as NodeJS.ErrnoException));
  }
}
