import { errno } from "./ffi/index.ts";
import { SyscallError } from "./syscall-error.ts";

/**
 * Throws if a libc call failed. Call it around the call itself, so that nothing changes errno between.
 *
 * @param result what the call returned: -1 means that it failed
 * @param syscall its name
 * @param values its arguments as the message shall show them
 * @throws {SyscallError} with errno
 */
export function check(result: number, syscall: string, values: string): void {
  if (result === -1) throw new SyscallError(errno(), syscall, values);
}
