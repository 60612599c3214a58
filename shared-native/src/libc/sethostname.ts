import { check, cString } from "./call.ts";
import { bind } from "./ffi.ts";

/** The kernel's __NEW_UTS_LEN. */
const HOST_NAME_MAX = 64;

// int sethostname(const char *name, size_t len);
const libcSethostname = bind("sethostname", ["string", "size_t"]);

/**
 * Sets the hostname of the caller's UTS namespace.
 *
 * @param name at most 64 bytes of UTF-8
 * @throws {RangeError} over 64 bytes
 * @throws {TypeError} with a NUL byte in it
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN in the user namespace that owns the UTS namespace
 * @see https://man7.org/linux/man-pages/man2/sethostname.2.html
 */
export function sethostname(name: string): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > HOST_NAME_MAX) {
    throw new RangeError(`sethostname: a hostname has at most 64 bytes, "${name}" has ${bytes}`);
  }
  check(libcSethostname(cString(name, "sethostname"), bytes), "sethostname", `"${name}"`);
}

// int setdomainname(const char *name, size_t len);
const libcSetdomainname = bind("setdomainname", ["string", "size_t"]);

/**
 * Sets the NIS domain name of the caller's UTS namespace.
 *
 * @param name at most 64 bytes of UTF-8
 * @throws {TypeError} with a NUL byte in it
 * @throws {SyscallError} `EINVAL` over 64 bytes, `EPERM` as for sethostname
 * @see https://man7.org/linux/man-pages/man2/setdomainname.2.html
 */
export function setdomainname(name: string): void {
  const length = Buffer.byteLength(name);
  check(libcSetdomainname(cString(name, "setdomainname"), length), "setdomainname", `"${name}"`);
}
