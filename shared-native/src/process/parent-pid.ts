import { readFileSync } from "node:fs";

/**
 * Returns the parent's ID. In a new PID namespace process.ppid is 0, but until something is mounted over
 * it, /proc is still the host's.
 *
 * @throws {Error} when the parent is not in this /proc, or there is none
 */
export function parentPid(): string | undefined {
  const parent = /^PPid:\t(\d+)$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  if (parent !== "0") return parent;
  throw new Error("child: run() is not in this /proc: look for it before chroot and mount");
}
