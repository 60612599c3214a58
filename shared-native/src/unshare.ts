import { check } from "./check.ts";
import * as clone from "./constants/clone.ts";
import { bind } from "./ffi/index.ts";
import { checkFlags, flagNames } from "./flags.ts";

// int unshare(int flags);
const libcUnshare = bind("unshare", ["int"]);

/**
 * Moves the calling thread into new namespaces: all that are named, or none when it fails.
 * CLONE_NEWPID and CLONE_NEWTIME move only the thread's future children.
 *
 * @param flags CLONE_NEW* constants, combined with |
 * @throws {RangeError} with an unknown flag, or with CLONE_NEWUSER
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN, `EINVAL` for a namespace that the kernel was
 *   built without, `ENOSPC` at a limit of /proc/sys/user or at 32 nested PID namespaces
 * @see https://man7.org/linux/man-pages/man2/unshare.2.html
 */
export function unshare(flags: number): void {
  checkFlags(flags, clone, "unshare");
  if (flags & clone.CLONE_NEWUSER) {
    throw new RangeError(
      "unshare: CLONE_NEWUSER is only for single-threaded programs, and Node has several threads: " +
        "start all of it in a new user namespace with unshare(1), `unshare --user --map-root-user …`",
    );
  }
  check(libcUnshare(flags), "unshare", flagNames(flags, clone));
}
