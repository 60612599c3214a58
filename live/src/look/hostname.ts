import { closeSync, openSync } from "node:fs";
import { hostname } from "node:os";
import { CLONE_NEWUTS, setns } from "shared-native";

/**
 * Reads the hostname of another UTS namespace. No file tells it: /proc/sys/kernel/hostname is always
 * the reader's own. So this thread goes there, asks, and comes back.
 *
 * @param file such as /proc/<pid>/ns/uts
 * @returns empty when the process has ended
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN
 */
export function hostnameIn(file: string): string {
  let there: number;
  try {
    there = openSync(file, "r");
  } catch {
    return "";
  }
  const here = openSync("/proc/thread-self/ns/uts", "r");
  try {
    setns(there, CLONE_NEWUTS);
    try {
      return hostname();
    } finally {
      setns(here, CLONE_NEWUTS);
    }
  } finally {
    closeSync(here);
    closeSync(there);
  }
}
