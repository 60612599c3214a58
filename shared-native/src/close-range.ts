import { check } from "./check.ts";
import * as flag from "./constants/close-range.ts";
import { bind } from "./ffi/index.ts";
import { checkFlags, flagNames } from "./flags.ts";

// int close_range(unsigned int first, unsigned int last, int flags);
const libcCloseRange = bind("close_range", ["unsigned int", "unsigned int", "int"]);

/**
 * Closes all open descriptors in a range, or marks them close-on-exec.
 *
 * @param first the lowest descriptor
 * @param last the highest, itself included: 0xffffffff for all there can be
 * @param flags CLOSE_RANGE_* constants, combined with |
 * @throws {RangeError} with an unknown flag
 * @throws {SyscallError} `EINVAL` when first is above last
 * @see https://man7.org/linux/man-pages/man2/close_range.2.html
 */
export function closeRange(first: number, last: number, flags = 0): void {
  checkFlags(flags, flag, "closeRange");
  check(
    libcCloseRange(first, last, flags),
    "close_range",
    `${first}, ${last}, ${flagNames(flags, flag)}`,
  );
}
