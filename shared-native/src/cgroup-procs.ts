import path from "node:path";
import { existsSync } from "./fs.ts";

/**
 * The file that a process writes "0" to in order to join a cgroup: "cgroup.procs". With cgroup v1 it
 * is "tasks", which moves a thread, and only a process that has but one is whole in there. Its move
 * is done at once, while for one through cgroup.procs the kernel stops all forks: some 6 ms.
 *
 * @param cgroup its directory
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function cgroupProcs(cgroup: string): string {
  const tasks = path.join(cgroup, "tasks");
  return existsSync(tasks) ? tasks : path.join(cgroup, "cgroup.procs");
}
