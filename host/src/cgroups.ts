import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { processOf } from "./processes.ts";

/**
 * The directory of the cgroup that a process is in, in the hierarchy that has a controller.
 *
 * @param hierarchy where that is mounted
 */
export function cgroupOf(pid: number, controller: string, hierarchy: string): string {
  // "8:pids:/container-a" with v1, "0::/container-a" with v2
  const lines = readFileSync(`/proc/${pid}/cgroup`, "utf8").split("\n");
  const parts = lines.map((line) => /^\d+:([^:]*):(.*)$/s.exec(line)); // s: a name may have a \r
  const v1 = parts.find((part) => part?.[1]?.split(",").includes(controller));
  const v2 = parts.find((part) => part?.[1] === "");
  return path.join(hierarchy, (v1 ?? v2)?.[2] ?? "");
}

/** The cgroups in a cgroup. */
export function childGroups(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(directory, name));
}

/** The PIDs of the processes in a cgroup. */
export function processesOf(directory: string): number[] {
  const numbers = (file: string) =>
    readFileSync(path.join(directory, file), "utf8").split("\n").map(Number).filter(Boolean);
  try {
    return numbers("cgroup.procs");
  } catch (error) {
    // A threaded cgroup lists only the threads in it, as those of one process may be in several
    if ((error as NodeJS.ErrnoException).code !== "ENOTSUP") throw error;
    return [...new Set(numbers("cgroup.threads").map(processOf).filter(Boolean))];
  }
}

/** The type of a cgroup: "domain", "threaded"… The root of v2 has none, nor has anyone in v1. */
export function typeOf(directory: string): string | undefined {
  const file = path.join(directory, "cgroup.type");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** The PIDs of the processes in a cgroup and in all that are in it. */
export function processesBelow(directory: string): number[] {
  return [...processesOf(directory), ...childGroups(directory).flatMap(processesBelow)];
}
