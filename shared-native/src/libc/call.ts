import { SyscallError } from "../errors/syscall-error.ts";
import { errno } from "./ffi.ts";

/** Flags by their names in C. */
type Flags = Record<string, number>;

/**
 * Throws if a libc call failed. Call it around the call itself, so that nothing changes errno between.
 *
 * @param result what the call returned: -1 means that it failed
 * @param syscall its name
 * @param values its arguments, as the message should show them
 * @throws {SyscallError} with errno
 */
export function check(result: number, syscall: string, values: string): void {
  if (result === -1) throw new SyscallError(errno(), syscall, values);
}

/**
 * Refuses what cannot be a C string: that ends at its first NUL byte, and libc would see only a part.
 *
 * @param value the string
 * @param what the function that it is for
 * @throws {TypeError} when it contains a NUL byte
 */
export function cString(value: string, what: string): string {
  if (!value.includes("\0")) return value;
  throw new TypeError(`${what}: ${JSON.stringify(value)} contains a NUL byte`);
}

/**
 * Names the flags that are set, as runc and strace print them.
 *
 * @param flags a bit mask
 * @param known all flags of the call
 * @returns for example "MS_REC|MS_PRIVATE", "0" for none
 */
export function flagNames(flags: number, known: Flags): string {
  const set = Object.entries(known)
    .filter(([, flag]) => flags & flag)
    .sort(([, a], [, b]) => a - b);
  return set.map(([name]) => name).join("|") || "0";
}

/**
 * Refuses a mask with a bit that has no name here.
 *
 * @param flags a bit mask
 * @param known all flags of the call
 * @param what the parameter's name, for the message
 * @throws {RangeError} naming the unknown bits
 */
export function checkFlags(flags: number, known: Flags, what: string): void {
  const mask = Object.values(known).reduce((all, flag) => all | flag, 0);
  const isMask = Number.isInteger(flags) && flags >= 0 && flags <= 0x7fffffff;
  if (isMask && (flags & ~mask) === 0) return;
  const unknown = Number.isInteger(flags) ? `0x${(flags & ~mask || flags).toString(16)}` : flags;
  throw new RangeError(
    `${what}: unknown flag ${unknown}, known are ${Object.keys(known).join(", ")}`,
  );
}
