import { accessSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readMountinfo } from "../mountinfo.ts";
import { cgroupRoot } from "./find-cgroup.ts";

/**
 * Finds the directory of the cgroup that this process is in.
 *
 * @param controller "pids", "memory"…: with v1, each has a hierarchy of its own
 * @throws {Error} what `cgroupRoot` gives
 * @see https://man7.org/linux/man-pages/man5/proc_pid_cgroup.5.html
 */
export function ownCgroup(controller: string): string {
  const hierarchy = cgroupRoot(controller);
  const root = readMountinfo().findLast(({ mountPoint }) => mountPoint === hierarchy)?.root ?? "/";
  // "8:pids:/user.slice" with v1, "0::/user.slice" with v2
  const lines = readFileSync("/proc/self/cgroup", "utf8").split("\n");
  const fields = lines.map((line) => /^\d+:([^:]*):(.*)$/.exec(line) ?? []);
  const v1 = fields.find(([, names]) => names?.split(",").includes(controller));
  const [, , own = "/"] = v1 ?? fields.find(([, names]) => names === "") ?? [];
  return path.join(hierarchy, path.relative(root, own));
}

/**
 * Finds the cgroup in which this user may make others, and enables the controller for them. Root may do so
 * in the root of all, and an ordinary user in the one that this process is in, if it was delegated.
 *
 * @param controller "pids"…
 * @returns undefined where there is none
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html
 */
export function availableCgroup(controller: string): string | undefined {
  for (const find of [cgroupRoot, ownCgroup]) {
    try {
      const directory = find(controller);
      accessSync(directory, constants.W_OK);
      const control = path.join(directory, "cgroup.subtree_control");
      if (existsSync(control)) writeFileSync(control, `+${controller}`);
      return directory;
    } catch {} // EACCES: it belongs to others
  }
  return undefined;
}
