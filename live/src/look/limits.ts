import path from "node:path";
import { readMountinfo } from "shared-native";
import type { Limit } from "./picture.ts";
import { readAll } from "./proc-folder.ts";

/**
 * Finds limits of tasks. It only reads: `cgroupRoot` of shared-native would enable the controller.
 *
 * @returns a function that gives the nearest limit of a cgroup, up to those that the host is in itself
 */
export function findLimits(): (cgroup: string, host: string) => Limit | undefined {
  // What is mounted over is still listed, so more than one may have to be tried
  const hierarchies = readMountinfo()
    .filter(
      ({ filesystemtype, superOptions }) =>
        filesystemtype === "cgroup2" ||
        (filesystemtype === "cgroup" && superOptions.includes("pids")),
    )
    .map(({ mountPoint }) => mountPoint);
  return (cgroup, host) => {
    for (let at = cgroup; at !== "/" && !isIn(host, at); at = path.dirname(at)) {
      const limits = hierarchies.map((hierarchy) => readLimit(at, path.join(hierarchy, at)));
      const limit = limits.find((found) => found !== undefined);
      if (limit) return limit;
    }
    return undefined;
  };
}

/** Tells whether a cgroup is another, or below it. */
export function isIn(cgroup: string, outer: string): boolean {
  return cgroup === outer || cgroup.startsWith(`${outer}/`);
}

function readLimit(cgroup: string, directory: string): Limit | undefined {
  try {
    const max = Number(readAll(`${directory}/pids.max`)); // "max" is NaN
    if (Number.isNaN(max)) return undefined;
    const current = Number(readAll(`${directory}/pids.current`));
    const [, refused = 0] = /^max (\d+)$/m.exec(readAll(`${directory}/pids.events`)) ?? [];
    return { cgroup, current, max, refused: Number(refused) };
  } catch {
    return undefined; // it is in another hierarchy, or has just been taken away
  }
}
