import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { processOf } from "./processes.ts";

/**
 * Returns the directory of the cgroup that a process is in, in the hierarchy that has a controller.
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

/** Lists the cgroups in a cgroup. */
export function childGroups(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(directory, name));
}

/** Lists the PIDs of the processes in a cgroup. */
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

/** Returns a cgroup's type, such as "domain": undefined for the root of v2, and in all of v1. */
export function typeOf(directory: string): string | undefined {
  const file = path.join(directory, "cgroup.type");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}

/** Lists the PIDs of the processes in a cgroup and in all those below it: none in one that has gone. */
export function processesBelow(directory: string): number[] {
  try {
    return [...processesOf(directory), ...childGroups(directory).flatMap(processesBelow)];
  } catch (error) {
    if (["ENOENT", "ENODEV"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
