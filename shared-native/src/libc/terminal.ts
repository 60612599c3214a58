import { check } from "./call.ts";
import { bind } from "./ffi.ts";

// From <asm-generic/ioctls.h>
/** Makes a terminal the controlling terminal of a session that has none. */
export const TIOCSCTTY = 0x540e;
/** Gets the size of a terminal's window. */
export const TIOCGWINSZ = 0x5413;
/** Sets the size of a terminal's window, and sends SIGWINCH when it is another. */
export const TIOCSWINSZ = 0x5414;

const TIOC: Record<number, string> = {
  [TIOCSCTTY]: "TIOCSCTTY",
  [TIOCGWINSZ]: "TIOCGWINSZ",
  [TIOCSWINSZ]: "TIOCSWINSZ",
};

// int ioctl(int fd, unsigned long op, ... /* arg */ );
const libcIoctl = bind("ioctl", ["int", "unsigned long", "pointer"]);

/**
 * Changes something about a device.
 *
 * @param fd its descriptor
 * @param op a TIOC* constant
 * @param arg the structure for the operation, if it has one
 * @throws {SyscallError} `EBADF` for a closed descriptor, `ENOTTY` when it is no terminal, `EPERM` for
 *   TIOCSCTTY when the caller leads no session, or its session has a terminal
 * @see https://man7.org/linux/man-pages/man2/ioctl.2.html
 */
export function ioctl(fd: number, op: number, arg: Uint8Array | null = null): void {
  check(libcIoctl(fd, op, arg), "ioctl", `${fd}, ${TIOC[op] ?? op}, ${arg && "…"}`);
}

// int unlockpt(int fd);
const libcUnlockpt = bind("unlockpt", ["int"]);

/**
 * Unlocks the terminal that belongs to a master, so that it can be opened.
 *
 * @param fd a descriptor of /dev/ptmx
 * @throws {SyscallError} `EBADF`, or `EINVAL` when it is no master
 * @see https://man7.org/linux/man-pages/man3/unlockpt.3.html
 */
export function unlockpt(fd: number): void {
  check(libcUnlockpt(fd), "unlockpt", `${fd}`);
}

// int ptsname_r(int fd, char *buf, size_t buflen);
const libcPtsnameR = bind("ptsname_r", ["int", "pointer", "size_t"]);

/**
 * Names the terminal that belongs to a master: "/dev/pts/3".
 *
 * @param fd a descriptor of /dev/ptmx
 * @throws {SyscallError} `EBADF`, or `ENOTTY` when it is no master
 * @see https://man7.org/linux/man-pages/man3/ptsname_r.3.html
 */
export function ptsname(fd: number): string {
  const name = Buffer.alloc(64);
  const failed = libcPtsnameR(fd, name, name.length) !== 0;
  check(failed ? -1 : 0, "ptsname_r", `${fd}`);
  return name.toString("utf8", 0, name.indexOf(0));
}
