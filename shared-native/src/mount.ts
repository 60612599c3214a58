import { cString } from "./c-string.ts";
import { check } from "./check.ts";
import * as flag from "./constants/mount.ts";
import { bind } from "./ffi/index.ts";
import { checkFlags, flagNames } from "./flags.ts";

// int mount(const char *source, const char *target, const char *filesystemtype,
//           unsigned long mountflags, const void *data);
const libcMount = bind("mount", ["string", "string", "string", "unsigned long", "string"]);

/**
 * Mounts a file system, or changes a mount, in the caller's mount namespace.
 *
 * @param source a device, a directory (MS_BIND), or a name for the first column of mount(8)
 * @param target the directory where it appears
 * @param filesystemtype as in /proc/filesystems, or null with MS_BIND, MS_MOVE, MS_REMOUNT or a
 *   propagation flag
 * @param mountflags MS_* constants, combined with |
 * @param data the file system's own options, separated by commas
 * @throws {RangeError} with an unknown flag
 * @throws {TypeError} with a NUL byte in a string
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN, `ENOENT` for a missing target, `ENODEV` for an
 *   unknown file system, `ENOTDIR`, `ENOTBLK`, `EBUSY`, `EINVAL`, and the file system's own
 * @see https://man7.org/linux/man-pages/man2/mount.2.html
 */
export function mount(
  source: string,
  target: string,
  filesystemtype: string | null,
  mountflags: number,
  data: string | null = null,
): void {
  checkFlags(mountflags, flag, "mount");
  const strings = [source, target, filesystemtype, data];
  for (const string of strings) cString(string ?? "", "mount");
  const [shownSource, shownTarget, shownType, shownData] = strings.map((s) => JSON.stringify(s));
  check(
    libcMount(source, target, filesystemtype, mountflags, data),
    "mount",
    `${shownSource}, ${shownTarget}, ${shownType}, ${flagNames(mountflags, flag)}, ${shownData}`,
  );
}
