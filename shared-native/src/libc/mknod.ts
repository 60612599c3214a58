import { check, cString } from "./call.ts";
import { bind } from "./ffi.ts";

// int mknod(const char *pathname, mode_t mode, dev_t dev);
const libcMknod = bind("mknod", ["string", "unsigned int", "unsigned long"]);

/**
 * Makes a device, or a pipe with a name.
 *
 * @param path where
 * @param mode `constants.S_IFCHR`, S_IFBLK or S_IFIFO of node:fs, combined by | with its permissions
 * @param major which driver it belongs to: 0 for a pipe
 * @param minor which of its devices it is
 * @throws {TypeError} with a NUL byte in the path
 * @throws {SyscallError} `EEXIST` when there is something, `EPERM` without CAP_MKNOD, `ENOENT`, `ENOTDIR`
 * @see https://man7.org/linux/man-pages/man2/mknod.2.html
 */
export function mknod(path: string, mode: number, major = 0, minor = 0): void {
  // gnu_dev_makedev(3): the lower 8 and 12 bits of both are in the middle
  const [high, low] = [BigInt(major), BigInt(minor)];
  const dev =
    ((high & ~0xfffn) << 32n) | ((high & 0xfffn) << 8n) | ((low & ~0xffn) << 12n) | (low & 0xffn);
  const shown = `"${path}", 0${mode.toString(8)}, makedev(${major}, ${minor})`;
  check(libcMknod(cString(path, "mknod"), mode, Number(dev)), "mknod", shown);
}
