import { check } from "./check.ts";
import * as clone from "./constants/clone.ts";
import { bind } from "./ffi/index.ts";
import { checkFlags, flagNames } from "./flags.ts";

// int setns(int fd, int nstype);
const libcSetns = bind("setns", ["int", "int"]);

/**
 * Moves the calling thread into an existing namespace.
 * A mount namespace also moves its working directory and its root to that namespace's "/".
 *
 * @param fd a descriptor of /proc/<pid>/ns/<namespace>
 * @param nstype the CLONE_NEW* constant of the namespace that it must be, or 0 for any
 * @throws {RangeError} with an unknown flag
 * @throws {SyscallError} `EBADF` for a closed descriptor, `EINVAL` when it is not of that type or not
 *   a namespace, `EPERM` without CAP_SYS_ADMIN, or without CAP_SYS_CHROOT for a mount namespace
 * @see https://man7.org/linux/man-pages/man2/setns.2.html
 */
export function setns(fd: number, nstype: number): void {
  checkFlags(nstype, clone, "setns");
  check(libcSetns(fd, nstype), "setns", `${fd}, ${flagNames(nstype, clone)}`);
}
