import { mkdirSync } from "node:fs";
import path from "node:path";
import { cgroupRoot, readMountinfo } from "shared-native";
import { childGroups } from "./cgroups.ts";
import { removeTree } from "./remove-tree.ts";

/** A cgroup of a disposable host, and the place where the host takes it for the root of all. */
export interface OtherCgroup {
  directory: string;
  hierarchy: string;
}

/** The controllers of the other things that a stage limits. Cgroup v1 has a hierarchy for each; in v2, there is but one. */
const CONTROLLERS = ["memory", "cpu"];

/**
 * Makes a cgroup for a host in each hierarchy but that in which tasks are counted.
 *
 * @param name the same in all
 * @param hierarchy the one in which tasks are counted
 */
export function makeOtherCgroups(name: string, hierarchy: string): OtherCgroup[] {
  for (const controller of CONTROLLERS) enable(controller);
  return otherHierarchies(hierarchy).map((each) => {
    const directory = path.join(each, name);
    mkdirSync(directory);
    return { directory, hierarchy: each };
  });
}

/** Lists the hierarchies of v1 that limit memory and processor time. It only looks. */
export function otherHierarchies(hierarchy: string): string[] {
  const found = readMountinfo()
    .filter(({ filesystemtype }) => filesystemtype === "cgroup")
    .filter(({ superOptions }) => CONTROLLERS.some((name) => superOptions.includes(name)))
    .map(({ mountPoint }) => mountPoint);
  // On a host in a host, what is mounted over is listed as well; and v1 may have both in one
  return [...new Set(found)].filter((each) => each !== hierarchy);
}

/** Lets cgroups have a limit of that kind, with v2. */
function enable(controller: string): void {
  try {
    cgroupRoot(controller);
  } catch {
    // The kernel has none, or may not enable it here: a stage that needs it says so
  }
}

/** Lists the cgroups in them. */
export function madeInOthers(others: OtherCgroup[]): string[] {
  return others.flatMap(({ directory }) => childGroups(directory));
}

/** Removes them, after ending the processes in them. */
export async function removeOthers(others: OtherCgroup[]): Promise<void> {
  for (const { directory } of others) await removeTree(directory);
}
