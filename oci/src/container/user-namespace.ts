import { readFileSync } from "node:fs";

/**
 * Tells whether this process is root of the host. podman calls a runtime for an ordinary user in a user
 * namespace: there it is root too, of that user's things alone.
 */
export function isRootOfHost(): boolean {
  const map = readFileSync("/proc/self/uid_map", "utf8").trim().split(/\s+/).join(" ");
  return process.geteuid?.() === 0 && map === "0 0 4294967295";
}
