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

// int fchdir(int fd);
const libcFchdir = bind("fchdir", ["int"]);

/**
 * Makes an open directory the working directory.
 *
 * @param fd its descriptor, which may be O_PATH
 * @throws {SyscallError} `EBADF` when it is not open, `ENOTDIR` when it is no directory, `EACCES`
 * @see https://man7.org/linux/man-pages/man2/fchdir.2.html
 */
export function fchdir(fd: number): void {
  check(libcFchdir(fd), "fchdir", `${fd}`);
}
