import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readMountinfo } from "../mountinfo.ts";

/**
 * Finds the directory in which a new cgroup is made that has a controller's files: "/sys/fs/cgroup"
 * with cgroup v2, "/sys/fs/cgroup/pids" and the like with v1. A hybrid system has both; each
 * controller belongs to one of them. On v2 this enables the controller for new cgroups, if nobody has
 * yet.
 *
 * @param controller "pids", "memory", "cpu"…
 * @throws {Error} when the kernel has no such controller, or it is not mounted; `EACCES`, `EROFS`,
 *   `EBUSY` or `ENOTSUP` when it is not enabled and cannot be
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function cgroupRoot(controller: string): string {
  const mounts = readMountinfo();
  const v2 = mounts.find(
    ({ filesystemtype, mountPoint }) =>
      filesystemtype === "cgroup2" && lists(mountPoint, "cgroup.controllers", controller),
  );
  if (v2 !== undefined) {
    if (!lists(v2.mountPoint, "cgroup.subtree_control", controller)) {
      writeFileSync(path.join(v2.mountPoint, "cgroup.subtree_control"), `+${controller}`);
    }
    return v2.mountPoint;
  }
  const v1 = mounts.find(
    ({ filesystemtype, superOptions }) =>
      filesystemtype === "cgroup" && superOptions.includes(controller),
  );
  if (v1 !== undefined) return v1.mountPoint;
  throw new Error(
    `no cgroup has the ${controller} controller: see /proc/cgroups and "mount -t cgroup2"`,
  );
}

/** Tells whether a file such as cgroup.controllers, "cpu io memory pids", has a word. */
function lists(directory: string, file: string, word: string): boolean {
  return readFileSync(path.join(directory, file), "utf8").trim().split(" ").includes(word);
}

/**
 * Names the file that a process writes "0" to in order to join a cgroup: "cgroup.procs". With cgroup
 * v1 it is "tasks", which moves one thread, and a shell has no other. That is done at once, while for
 * a whole process, through cgroup.procs, the kernel first stops all forks: some 6 ms.
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
