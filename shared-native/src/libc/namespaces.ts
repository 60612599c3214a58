import { check, checkFlags, flagNames } from "./call.ts";
import { bind } from "./ffi.ts";

// From <linux/sched.h>
/** Clocks: CLOCK_MONOTONIC and CLOCK_BOOTTIME. */
export const CLONE_NEWTIME = 0x00000080;
/** Mounts. The first namespace that Linux had, hence the name "new namespace". */
export const CLONE_NEWNS = 0x00020000;
/** The root of /proc/self/cgroup. */
export const CLONE_NEWCGROUP = 0x02000000;
/** Hostname and NIS domain name. */
export const CLONE_NEWUTS = 0x04000000;
/** System V IPC and POSIX message queues. */
export const CLONE_NEWIPC = 0x08000000;
/** User and group IDs, capabilities. */
export const CLONE_NEWUSER = 0x10000000;
/** Process IDs. */
export const CLONE_NEWPID = 0x20000000;
/** Network devices, addresses, routes, ports. */
export const CLONE_NEWNET = 0x40000000;

/** All of them, by name. */
export const CLONE = {
  ...{ CLONE_NEWTIME, CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS },
  ...{ CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET },
};

// int unshare(int flags);
const libcUnshare = bind("unshare", ["int"]);

/**
 * Moves the calling thread into new namespaces: all that are named, or none when it fails.
 * CLONE_NEWPID and CLONE_NEWTIME move only the thread's future children.
 *
 * @param flags CLONE_NEW* constants, combined with |
 * @throws {RangeError} with an unknown flag, or with CLONE_NEWUSER
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN, `EINVAL` for a namespace that the kernel was
 *   built without, `ENOSPC` at a limit of /proc/sys/user or at 32 nested PID namespaces
 * @see https://man7.org/linux/man-pages/man2/unshare.2.html
 */
export function unshare(flags: number): void {
  checkFlags(flags, CLONE, "unshare");
  if (flags & CLONE_NEWUSER) {
    throw new RangeError(
      "unshare: CLONE_NEWUSER is only for single-threaded programs, and Node has several threads: " +
        "start all of it in a new user namespace with unshare(1), `unshare --user --map-root-user …`",
    );
  }
  check(libcUnshare(flags), "unshare", flagNames(flags, CLONE));
}

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
  checkFlags(nstype, CLONE, "setns");
  check(libcSetns(fd, nstype), "setns", `${fd}, ${flagNames(nstype, CLONE)}`);
}
