import { check } from "./check.ts";
import * as option from "./constants/prctl.ts";
import { holdEndingSignals } from "./ending-signals.ts";
import { bind } from "./ffi/index.ts";

// int prctl(int option, ...);
const libcPrctl = bind("prctl", ["int", "unsigned long"]);

/**
 * Sets an attribute of the calling process.
 *
 * @param operation a PR_* constant
 * @param value its argument: for PR_SET_PDEATHSIG the number of a signal, 0 for none
 * @throws {SyscallError} `EINVAL` for an unknown operation or a value that it does not take
 * @see https://man7.org/linux/man-pages/man2/prctl.2.html
 */
export function prctl(operation: number, value: number): void {
  // A PID 1 does not get a signal that it has no handler for: from now on wait() sees each
  if (operation === option.PR_SET_PDEATHSIG) holdEndingSignals();
  const name = Object.entries(option).find(([, number]) => number === operation)?.[0];
  check(libcPrctl(operation, value), "prctl", `${name ?? operation}, ${value}`);
}
