import { check, cString } from "./call.ts";
import { bind } from "./ffi.ts";

// int pivot_root(const char *new_root, const char *put_old);
const libcPivotRoot = bind("pivot_root", ["string", "string"]);

/**
 * Makes another mount the root of the caller's mount namespace, and moves the old root to a directory
 * at or below the new one. All processes there that had the old root as their root or working
 * directory get the new one. No header of libc declares this function, but libc has it.
 *
 * @param newRoot a mount point
 * @param putOld the directory for the old root: the same as newRoot puts it on top, where
 *   `umount(".", MNT_DETACH)` takes it away
 * @throws {TypeError} with a NUL byte in a path
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN, `EINVAL` when newRoot is no mount point, its
 *   parent mount is shared, putOld is not below it, or the old root is a ramdisk or no mount point, as
 *   in a chroot; `EBUSY` when newRoot is on the old root's mount, `ENOENT`, `ENOTDIR`
 * @see https://man7.org/linux/man-pages/man2/pivot_root.2.html
 */
export function pivotRoot(newRoot: string, putOld: string): void {
  const paths = [newRoot, putOld].map((path) => cString(path, "pivotRoot"));
  check(libcPivotRoot(...paths), "pivot_root", `"${newRoot}", "${putOld}"`);
}
