import { cString } from "./c-string.ts";
import { check } from "./check.ts";
import * as flag from "./constants/umount.ts";
import { bind } from "./ffi/index.ts";
import { checkFlags, flagNames } from "./flags.ts";

// int umount2(const char *target, int flags);
const libcUmount2 = bind("umount2", ["string", "int"]);

/**
 * Takes away the topmost mount at a directory.
 *
 * @param target the directory
 * @param flags MNT_* constants and UMOUNT_NOFOLLOW, combined with |
 * @throws {RangeError} with an unknown flag
 * @throws {TypeError} with a NUL byte in the target
 * @throws {SyscallError} `EINVAL` when nothing is mounted there, `EBUSY` while it is in use, `ENOENT`,
 *   `EPERM` without CAP_SYS_ADMIN, `EAGAIN` from the first call with MNT_EXPIRE
 * @see https://man7.org/linux/man-pages/man2/umount.2.html
 */
export function umount(target: string, flags = 0): void {
  checkFlags(flags, flag, "umount");
  check(
    libcUmount2(cString(target, "umount"), flags),
    "umount2",
    `"${target}", ${flagNames(flags, flag)}`,
  );
}
