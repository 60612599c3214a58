import { check } from "./call.ts";
import { bind } from "./ffi.ts";

// From <signal.h>
/** The signal does what it does by default: most of them end the process. */
export const SIG_DFL = 0;
/** The kernel drops the signal. It stays so in a program that this one becomes. */
export const SIG_IGN = 1;

const HANDLERS: Record<number, string> = { [SIG_DFL]: "SIG_DFL", [SIG_IGN]: "SIG_IGN" };

// sighandler_t signal(int signum, sighandler_t handler);
const libcSignal = bind("signal", ["int", "unsigned long"]);

/**
 * Sets what happens when this process gets a signal. For a function as a handler, Node has
 * `process.on`.
 *
 * @param signum its number
 * @param handler a SIG_* constant
 * @throws {RangeError} for another handler: it would be an address
 * @throws {SyscallError} `EINVAL` for a number that is none, SIGKILL and SIGSTOP
 * @see https://man7.org/linux/man-pages/man2/signal.2.html
 */
export function signal(signum: number, handler: number): void {
  const name = HANDLERS[handler];
  if (name === undefined) throw new RangeError(`signal: ${handler} is not SIG_DFL or SIG_IGN`);
  check(libcSignal(signum, handler), "signal", `${signum}, ${name}`);
}
