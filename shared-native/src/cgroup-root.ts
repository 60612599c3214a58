import path from "node:path";
import { readFileSync, writeFileSync } from "./fs.ts";
import { readMountinfo } from "./mountinfo.ts";

/**
 * The directory in which a new cgroup is made that has a controller's files: "/sys/fs/cgroup" with
 * cgroup v2, "/sys/fs/cgroup/pids" and the like with v1. A hybrid system has both; each controller
 * belongs to one of them. On v2 this enables the controller for new cgroups, if nobody has yet.
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

/** Whether a file such as cgroup.controllers, "cpu io memory pids", has a word. */
function lists(directory: string, file: string, word: string): boolean {
  return readFileSync(path.join(directory, file), "utf8").trim().split(" ").includes(word);
}
