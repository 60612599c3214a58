import { check } from "./check.ts";
import { bind } from "./ffi/index.ts";

// int waitid(idtype_t idtype, id_t id, siginfo_t *infop, int options);
const libcWaitid = bind("waitid", ["int", "unsigned int", "string", "int"]);

// From <sys/wait.h>
const P_PID = 1;
const WEXITED = 0x4;
const WNOWAIT = 0x1000000;

/**
 * Waits until a child has ended, and leaves it for Node to reap. Nothing else happens meanwhile.
 *
 * @param pid its process ID
 * @throws {SyscallError} `ECHILD` when it is no child of ours, or Node has reaped it
 * @see https://man7.org/linux/man-pages/man2/waitid.2.html
 */
export function waitid(pid: number): void {
  const result = libcWaitid(P_PID, pid, null, WEXITED | WNOWAIT);
  check(result, "waitid", `P_PID, ${pid}, NULL, WEXITED|WNOWAIT`);
}
