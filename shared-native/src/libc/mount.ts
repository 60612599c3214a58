import { check, checkFlags, cString, flagNames } from "./call.ts";
import { bind } from "./ffi.ts";

// From <sys/mount.h>
export const MS_RDONLY = 1;
export const MS_NOSUID = 2;
export const MS_NODEV = 4;
export const MS_NOEXEC = 8;
export const MS_SYNCHRONOUS = 16;
export const MS_REMOUNT = 32;
export const MS_MANDLOCK = 64;
export const MS_DIRSYNC = 128;
export const MS_NOSYMFOLLOW = 256;
export const MS_NOATIME = 1024;
export const MS_NODIRATIME = 2048;
export const MS_BIND = 4096;
export const MS_MOVE = 8192;
/** With MS_BIND or a propagation flag: the whole tree of mounts below, too. */
export const MS_REC = 16384;
export const MS_SILENT = 32768;
/** Propagation: private, and nobody can bind it elsewhere. */
export const MS_UNBINDABLE = 1 << 17;
/** Propagation: mounts below neither come in from other mount namespaces nor go out to them. */
export const MS_PRIVATE = 1 << 18;
/** Propagation: mounts below come in, but do not go out. */
export const MS_SLAVE = 1 << 19;
/** Propagation: mounts below come in and go out. */
export const MS_SHARED = 1 << 20;
export const MS_RELATIME = 1 << 21;
export const MS_I_VERSION = 1 << 23;
export const MS_STRICTATIME = 1 << 24;
export const MS_LAZYTIME = 1 << 25;

const MS = {
  ...{ MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_SYNCHRONOUS, MS_REMOUNT, MS_MANDLOCK },
  ...{ MS_DIRSYNC, MS_NOSYMFOLLOW, MS_NOATIME, MS_NODIRATIME, MS_BIND, MS_MOVE, MS_REC, MS_SILENT },
  ...{ MS_UNBINDABLE, MS_PRIVATE, MS_SLAVE, MS_SHARED, MS_RELATIME, MS_I_VERSION },
  ...{ MS_STRICTATIME, MS_LAZYTIME },
};

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
  checkFlags(mountflags, MS, "mount");
  const strings = [source, target, filesystemtype, data];
  for (const string of strings) cString(string ?? "", "mount");
  const [shownSource, shownTarget, shownType, shownData] = strings.map((s) => JSON.stringify(s));
  check(
    libcMount(source, target, filesystemtype, mountflags, data),
    "mount",
    `${shownSource}, ${shownTarget}, ${shownType}, ${flagNames(mountflags, MS)}, ${shownData}`,
  );
}

/** Takes the mount out of the tree now, and ends it when nothing uses it any more. */
export const MNT_DETACH = 2;
/** Marks the mount as expired, or unmounts it if it was marked and not used since. */
export const MNT_EXPIRE = 4;

const MNT = { MNT_DETACH, MNT_EXPIRE };

// int umount2(const char *target, int flags);
const libcUmount2 = bind("umount2", ["string", "int"]);

/**
 * Takes away the topmost mount at a directory.
 *
 * @param target the directory
 * @param flags MNT_* constants, combined with |
 * @throws {RangeError} with an unknown flag
 * @throws {TypeError} with a NUL byte in the target
 * @throws {SyscallError} `EINVAL` when nothing is mounted there, `EBUSY` while it is in use, `ENOENT`,
 *   `EPERM` without CAP_SYS_ADMIN, `EAGAIN` from the first call with MNT_EXPIRE
 * @see https://man7.org/linux/man-pages/man2/umount.2.html
 */
export function umount(target: string, flags = 0): void {
  checkFlags(flags, MNT, "umount");
  check(
    libcUmount2(cString(target, "umount"), flags),
    "umount2",
    `"${target}", ${flagNames(flags, MNT)}`,
  );
}
