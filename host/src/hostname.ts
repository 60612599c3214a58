import { closeSync, openSync } from "node:fs";
import { hostname } from "node:os";
import { CLONE_NEWUTS, setns } from "shared-native";

/**
 * Returns the hostname that a process sees, whatever programs it finds in its root, or "" when it has
 * ended. This thread joins the namespace for that, and comes back: nsenter(1) takes fifty times as long.
 */
export function hostnameOf(pid: number): string {
  const there = open(`/proc/${pid}/ns/uts`);
  if (there === undefined) return "";
  const here = openSync("/proc/thread-self/ns/uts", "r");
  try {
    setns(there, CLONE_NEWUTS);
    return hostname();
  } finally {
    setns(here, CLONE_NEWUTS);
    for (const descriptor of [here, there]) closeSync(descriptor);
  }
}

function open(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
