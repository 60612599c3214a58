import { check } from "./call.ts";
import { bind } from "./ffi.ts";

/** From <sys/resource.h>: the number of files that a process may have open. */
export const RLIMIT_NOFILE = 7;

/** A limit as the kernel has it: a process may raise its soft limit up to the hard one. */
interface Limit {
  soft: bigint;
  hard: bigint;
}

// int getrlimit(int resource, struct rlimit *rlim);
const libcGetrlimit = bind("getrlimit", ["int", "pointer"]);
// int setrlimit(int resource, const struct rlimit *rlim);
const libcSetrlimit = bind("setrlimit", ["int", "pointer"]);

/**
 * Returns a resource limit of this process.
 *
 * @param resource an RLIMIT_* constant
 * @throws {SyscallError} `EINVAL` for an unknown resource
 * @see https://man7.org/linux/man-pages/man2/getrlimit.2.html
 */
export function getrlimit(resource: number): Limit {
  // struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; }, of 64 bits each
  const rlimit = new BigUint64Array(2);
  check(libcGetrlimit(resource, Buffer.from(rlimit.buffer)), "getrlimit", `${resource}`);
  const [soft = 0n, hard = 0n] = rlimit;
  return { soft, hard };
}

/**
 * Sets a resource limit of this process, and of those that it starts.
 *
 * @param resource an RLIMIT_* constant
 * @throws {SyscallError} `EINVAL` for an unknown resource, or a soft limit above the hard one; `EPERM`
 *   to raise the hard limit without CAP_SYS_RESOURCE
 * @see https://man7.org/linux/man-pages/man2/setrlimit.2.html
 */
export function setrlimit(resource: number, { soft, hard }: Limit): void {
  const rlimit = Buffer.from(new BigUint64Array([soft, hard]).buffer);
  check(libcSetrlimit(resource, rlimit), "setrlimit", `${resource}, {${soft}, ${hard}}`);
}
