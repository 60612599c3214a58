/**
 * A failed libc call, with the fields of Node's own system errors.
 * Its message reads `EPERM: operation not permitted, sethostname("container")`.
 */
export class SyscallError extends Error {
  override readonly name = "SyscallError";
  /** Negative, as in Node's errors: -1 for EPERM. */
  readonly errno: number;
  /** The name of the errno: "EPERM". */
  readonly code: string;
  /** The name of the function that failed: "sethostname". */
  readonly syscall: string;

  constructor(errno: number, syscall: string, values: string) {
    const [code, reason] = describe(errno);
    super(`${code}: ${reason}, ${syscall}(${values})`);
    this.errno = -errno;
    this.code = code;
    this.syscall = syscall;
  }
}

function describe(errno: number): [code: string, reason: string] {
  // Not imported: it takes three milliseconds to load, and most programs never need it.
  const { getSystemErrorMap } = process.getBuiltinModule("node:util");
  return getSystemErrorMap().get(-errno) ?? MORE[errno] ?? [`errno ${errno}`, "see errno(3)"];
}

/** Errors that mount(2), setns(2) and waitpid(2) give, and that libuv, whose map that is, has no name for. */
const MORE: Record<number, [code: string, reason: string]> = {
  10: ["ECHILD", "no child processes"],
  15: ["ENOTBLK", "block device required"],
  87: ["EUSERS", "too many users"],
};
