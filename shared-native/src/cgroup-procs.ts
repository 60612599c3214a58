import path from "node:path";
import { existsSync, readFileSync, writeFileSync } from "./fs.ts";

/**
 * The file that a process writes "0" to in order to join a cgroup: "cgroup.procs". With cgroup v1 it
 * is "tasks", which moves one thread, and a shell has no other. That is done at once, while for a
 * whole process, through cgroup.procs, the kernel first stops all forks: some 6 ms.
 *
 * @param cgroup its directory
 * @throws {Error} `ENOTSUP` when it has to be threaded, and its parent is not yet
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function cgroupProcs(cgroup: string): string {
  const tasks = path.join(cgroup, "tasks");
  if (existsSync(tasks)) return tasks;
  // The kernel's rule: below a cgroup that has processes itself, new ones can only divide up threads,
  // and nobody can join one before it says so. The root is exempt; what a container sees as one is not
  const type = path.join(cgroup, "cgroup.type");
  if (existsSync(type) && readFileSync(type, "utf8") === "domain invalid\n") {
    writeFileSync(type, "threaded");
  }
  return path.join(cgroup, "cgroup.procs");
}
