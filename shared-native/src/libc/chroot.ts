import { check, cString } from "./call.ts";
import { bind } from "./ffi.ts";

// int chroot(const char *path);
const libcChroot = bind("chroot", ["string"]);

/**
 * Makes a directory the "/" of this process and its future children.
 * It leaves the working directory outside: call `process.chdir("/")` next.
 *
 * @param path the new root
 * @throws {TypeError} with a NUL byte in the path
 * @throws {SyscallError} `ENOENT` when it does not exist, `ENOTDIR` when it is no directory, `EPERM`
 *   without CAP_SYS_CHROOT, `ENAMETOOLONG`, `ELOOP`
 * @see https://man7.org/linux/man-pages/man2/chroot.2.html
 */
export function chroot(path: string): void {
  check(libcChroot(cString(path, "chroot")), "chroot", `"${path}"`);
}
