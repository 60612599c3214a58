import { check, checkFlags, flagNames } from "./call.ts";
import { bind } from "./ffi.ts";

// From <linux/prctl.h>
/** The signal that the calling process gets when its parent dies. */
export const PR_SET_PDEATHSIG = 1;
/** Tells whether others, who may do as much, may look into this process. execve sets it to 1 again. */
export const PR_SET_DUMPABLE = 4;
/** Has the thread keep what it is permitted when its user changes from root to another. */
export const PR_SET_KEEPCAPS = 8;
/** Sets a filter for the system calls of the calling thread, and of what it starts. */
export const PR_SET_SECCOMP = 22;
/** Takes a capability out of the bounding set, for the calling thread and what it starts. */
export const PR_CAPBSET_DROP = 24;
/** Has no program that is executed from now on get more rights by its file. */
export const PR_SET_NO_NEW_PRIVS = 38;
/** Changes the capabilities that a program gets though neither its user nor its file gives them. */
export const PR_CAP_AMBIENT = 47;
/** With PR_CAP_AMBIENT: adds one, which has to be permitted and inheritable. */
export const PR_CAP_AMBIENT_RAISE = 2;

const PR = {
  ...{ PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_CAPBSET_DROP },
  ...{ PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT },
};

// int prctl(int op, unsigned long arg2, unsigned long arg3, unsigned long arg4, unsigned long arg5);
const LONG = "unsigned long";
const libcPrctl = bind("prctl", ["int", LONG, LONG, LONG, LONG]);

/**
 * Changes or reads an attribute of the calling process. Some operations want the arguments that they
 * do not use to be 0.
 *
 * @param op a PR_* constant
 * @throws {SyscallError} `EINVAL` for an unknown operation or a value that it does not take, `EPERM`
 *   for PR_CAPBSET_DROP without CAP_SETPCAP
 * @see https://man7.org/linux/man-pages/man2/prctl.2.html
 */
export function prctl(op: number, arg2 = 0, arg3 = 0, arg4 = 0, arg5 = 0): void {
  const name = Object.entries(PR).find(([, number]) => number === op)?.[0] ?? op;
  check(
    libcPrctl(op, arg2, arg3, arg4, arg5),
    "prctl",
    `${name}, ${arg2}, ${arg3}, ${arg4}, ${arg5}`,
  );
}

// From <linux/close_range.h>
/** First gives the caller a descriptor table of its own. */
export const CLOSE_RANGE_UNSHARE = 2;
/** Marks the descriptors close-on-exec, and leaves them open for now. */
export const CLOSE_RANGE_CLOEXEC = 4;

const CLOSE_RANGE = { CLOSE_RANGE_UNSHARE, CLOSE_RANGE_CLOEXEC };

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
  checkFlags(flags, CLOSE_RANGE, "closeRange");
  const shown = flagNames(flags, CLOSE_RANGE);
  check(libcCloseRange(first, last, flags), "close_range", `${first}, ${last}, ${shown}`);
}

// From <sys/wait.h>
const P_PID = 1;
const WEXITED = 0x4;
const WNOWAIT = 0x1000000;
const CLD_EXITED = 1;

// int waitid(idtype_t idtype, id_t id, siginfo_t *infop, int options);
const libcWaitid = bind("waitid", ["int", "unsigned int", "pointer", "int"]);

/**
 * Waits until a child has ended, and leaves it for Node to reap. Nothing else happens meanwhile.
 *
 * @param pid its process ID
 * @returns true when it has exited, false when a signal has ended it
 * @throws {SyscallError} `ECHILD` when it is no child of ours, or Node has reaped it
 * @see https://man7.org/linux/man-pages/man2/waitid.2.html
 */
export function waitid(pid: number): boolean {
  const info = new Int32Array(32); // siginfo_t: si_signo, si_errno, si_code…
  const result = libcWaitid(P_PID, pid, Buffer.from(info.buffer), WEXITED | WNOWAIT);
  check(result, "waitid", `P_PID, ${pid}, infop, WEXITED|WNOWAIT`);
  return info[2] === CLD_EXITED;
}

/** Does not wait: a child that has not ended yet is left alone. */
export const WNOHANG = 1;

// pid_t waitpid(pid_t pid, int *wstatus, int options);
const libcWaitpid = bind("waitpid", ["int", "string", "int"]);

/**
 * Waits until a child has ended, and reaps it: it is no zombie any more. Not for a child that Node has
 * started, and waits for itself.
 *
 * @param pid its process ID
 * @param options WNOHANG or 0
 * @returns its process ID, or 0 when it has not ended yet
 * @throws {SyscallError} `ECHILD` when it is no child of ours
 * @see https://man7.org/linux/man-pages/man2/waitpid.2.html
 */
export function waitpid(pid: number, options = 0): number {
  const result = libcWaitpid(pid, null, options);
  check(result, "waitpid", `${pid}, NULL, ${options === WNOHANG ? "WNOHANG" : options}`);
  return result;
}
