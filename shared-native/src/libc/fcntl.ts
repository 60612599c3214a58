import { check } from "./call.ts";
import { bind } from "./ffi.ts";

// From <fcntl.h>
/** Sets the flag of the descriptor: FD_CLOEXEC, which is 1, or 0. */
export const F_SETFD = 2;
/** Returns the flags of the open file, O_NONBLOCK and others. */
export const F_GETFL = 3;
/** Sets them: for everybody who has this file open by inheritance. */
export const F_SETFL = 4;
/** For open(2), and the same on all machines: opens a place in the file tree, not its content. */
export const O_PATH = 0o10000000;

const F: Record<number, string> = {
  [F_SETFD]: "F_SETFD",
  [F_GETFL]: "F_GETFL",
  [F_SETFL]: "F_SETFL",
};

// int fcntl(int fd, int cmd, ... /* arg */ );
const libcFcntl = bind("fcntl", ["int", "int", "int"]);

/**
 * Reads or changes the flags of a descriptor, or of the open file behind it.
 *
 * @param fd the descriptor
 * @param cmd F_SETFD, F_GETFL or F_SETFL
 * @param arg the flags to set: for F_SETFD FD_CLOEXEC or 0, for F_SETFL `constants.O_*` of node:fs,
 *   combined with |
 * @returns for F_GETFL the flags
 * @throws {SyscallError} `EBADF` for a closed descriptor, `EINVAL` for another command
 * @see https://man7.org/linux/man-pages/man2/fcntl.2.html
 */
export function fcntl(fd: number, cmd: number, arg = 0): number {
  const result = libcFcntl(fd, cmd, arg);
  check(result, "fcntl", `${fd}, ${F[cmd] ?? cmd}, ${arg}`);
  return result;
}

// int dup2(int oldfd, int newfd);
const libcDup2 = bind("dup2", ["int", "int"]);

/**
 * Gives an open file a second descriptor, and closes what that was before.
 *
 * @param oldfd its descriptor
 * @param newfd the number of the second one
 * @throws {SyscallError} `EBADF` for a closed descriptor, or a number that is none
 * @see https://man7.org/linux/man-pages/man2/dup2.2.html
 */
export function dup2(oldfd: number, newfd: number): void {
  check(libcDup2(oldfd, newfd), "dup2", `${oldfd}, ${newfd}`);
}
