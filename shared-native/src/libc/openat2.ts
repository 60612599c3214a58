import { constants } from "node:fs";
import { check, cString } from "./call.ts";
import { O_PATH } from "./fcntl.ts";
import { addressOf, bind } from "./ffi.ts";

/** The number of the call, on all machines: libc has no function for it. */
const SYS_openat2 = 437;

/** From <fcntl.h>, the same on all machines, which O_NOFOLLOW is not. */
const O_CLOEXEC = 0o2000000;

// From <linux/openat2.h>
/** Links such as /proc/self/exe, which lead anywhere, are refused. */
const RESOLVE_NO_MAGICLINKS = 2;
/** The directory is "/": neither ".." nor a link leads out of it. */
const RESOLVE_IN_ROOT = 16;

// long syscall(long number, ...);
const LONG = "unsigned long";
const libcSyscall = bind("syscall", [LONG, "int", LONG, LONG, "size_t"]);

/**
 * Finds a file as a process would whose root is a certain directory, and opens it as a place only: as
 * `/proc/self/fd/<n>`, it can be mounted on, or made something in.
 *
 * @param root a descriptor of the directory
 * @param path where it is in there, with or without a leading "/"
 * @param follow false if a link at the end is meant itself
 * @throws {TypeError} with a NUL byte in the path
 * @throws {SyscallError} `ENOENT`, `ENOTDIR`, `ELOOP` for too many links or one as those in /proc/self,
 *   `ENOSYS` before Linux 5.6
 * @see https://man7.org/linux/man-pages/man2/openat2.2.html
 */
export function openInRoot(root: number, path: string, follow = true): number {
  const pathname = Buffer.from(`${cString(path, "openInRoot")}\0`);
  // struct open_how { __u64 flags; __u64 mode; __u64 resolve; }
  const flags = O_PATH | O_CLOEXEC | (follow ? 0 : constants.O_NOFOLLOW);
  const resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  const how = Buffer.from(new BigUint64Array([flags, 0, resolve].map(BigInt)).buffer);
  const [name, structure] = [Number(addressOf(pathname)), Number(addressOf(how))];
  const fd = libcSyscall(SYS_openat2, root, name, structure, how.length);
  check(fd, "openat2", `${root}, "${path}"`);
  return fd;
}
