import { check } from "./call.ts";
import { bind } from "./ffi.ts";

/** From <signal.h>: the kernel drops the signal. It stays so in a program that this one becomes. */
export const SIG_IGN = 1;

// sighandler_t signal(int signum, sighandler_t handler);
const libcSignal = bind("signal", ["int", "unsigned long"]);

/**
 * Sets what happens when this process gets a signal.
 *
 * @param signum its number
 * @param handler a SIG_* constant
 * @throws {SyscallError} `EINVAL` for a number that is none, SIGKILL and SIGSTOP
 * @see https://man7.org/linux/man-pages/man2/signal.2.html
 */
export function signal(signum: number, handler: number): void {
  check(libcSignal(signum, handler), "signal", `${signum}, ${handler}`);
}
