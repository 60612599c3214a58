import { check } from "./call.ts";
import { bind } from "./ffi.ts";

/** From <sys/file.h>: waits until nobody else has the file locked, and locks it. */
export const LOCK_EX = 2;

// int flock(int fd, int op);
const libcFlock = bind("flock", ["int", "int"]);

/**
 * Locks an open file, for all who lock it in this way, too. Nothing else happens while it waits. The
 * lock ends when the descriptor is closed here and in every process that has inherited it.
 *
 * @param fd a descriptor of the file
 * @param op LOCK_EX
 * @throws {SyscallError} `EBADF` for a closed descriptor, `EINVAL` for an unknown operation
 * @see https://man7.org/linux/man-pages/man2/flock.2.html
 */
export function flock(fd: number, op: number): void {
  check(libcFlock(fd, op), "flock", `${fd}, ${op === LOCK_EX ? "LOCK_EX" : op}`);
}
