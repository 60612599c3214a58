import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

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
  const list = readFileSync(path.join(directory, "cgroup.procs"), "utf8");
  return (list.match(/\d+/g) ?? []).map(Number).filter((pid) => pid > 0);
}

/** The PIDs of the processes in a cgroup and in all that are in it. */
export function processesBelow(directory: string): number[] {
  return [...processesOf(directory), ...childGroups(directory).flatMap(processesBelow)];
}
