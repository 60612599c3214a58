import { closeSync, openSync } from "node:fs";
import { F_SETFD, fcntl } from "../libc/fcntl.ts";
import { flock, LOCK_EX } from "../libc/flock.ts";

/**
 * Does something while nobody else does anything with the same lock. Nothing else happens while it
 * waits for that. Programs that it runs keep the lock until they end, should this process be killed.
 *
 * @param file the lock. One that is there anyway leaves nothing behind: `/proc/self/ns/net`, for what
 *   concerns this network namespace
 * @returns what the work has returned
 * @throws {Error} when there is no such file
 * @throws {SyscallError} what flock(2) gives
 */
export function withLock(file: string, work: () => string): string {
  const lock = openSync(file, "r");
  try {
    fcntl(lock, F_SETFD, 0); // not close-on-exec
    flock(lock, LOCK_EX);
    return work();
  } finally {
    closeSync(lock);
  }
}
