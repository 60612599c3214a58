import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readMountinfo, removeCgroup } from "shared-native";
import type { Resources } from "../config/linux.ts";
import { filterDevices } from "./device-program.ts";
import { type DeviceRule, deviceRules, lineOf, settingsFor } from "./resources.ts";
import { isRootOfHost } from "./user-namespace.ts";

/** A place where cgroups are mounted: one with v2, and with v1 one for each controller. */
export interface Hierarchy {
  directory: string;
  isV2: boolean;
  /** The option of mount(2) for it: "cpu,cpuacct", "name=systemd". */
  data: string;
}

/** Finds the hierarchies. On a hybrid system, v2's has no controllers, and is left alone. */
export function findHierarchies(): Hierarchy[] {
  const mounts = readMountinfo().filter(({ filesystemtype }) => /^cgroup2?$/.test(filesystemtype));
  const found = mounts.map(({ mountPoint, filesystemtype, superOptions }) => ({
    directory: mountPoint,
    isV2: filesystemtype === "cgroup2",
    data: superOptions.filter((name) => !/^(rw|ro|xattr|clone_children)$/.test(name)).join(","),
  }));
  const v1 = found.filter(({ isV2 }) => !isV2);
  const there = v1.length > 0 ? v1 : found;
  // The last line for a place is what is on top
  return [...new Map(there.map((each) => [each.directory, each])).values()];
}

/**
 * Finds out which cgroups a container is to have, one in each hierarchy.
 *
 * @param name cgroupsPath of config.json
 * @returns the directories of those that are there before, which are not ours to take away, and of the others
 * @throws {Error} for one that others are in
 */
export function findCgroups(name: string): { before: string[]; missing: string[] } {
  const wanted = findHierarchies().map(({ directory }) =>
    path.join(directory, path.join("/", name)),
  );
  const before = wanted.filter((directory) => existsSync(directory));
  const others = before.find((directory) => processesIn([directory]).length > 0);
  // The container's limits would be theirs, too
  if (others) throw new Error(`linux.cgroupsPath: processes are in ${others} already`);
  return { before, missing: wanted.filter((directory) => !before.includes(directory)) };
}

/** Makes a cgroup. For an ordinary user, that works only where somebody has given one away. */
export function makeIfAllowed(directory: string): boolean {
  try {
    make(directory);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (isRootOfHost() || !["EACCES", "EPERM", "EROFS"].includes(code)) throw error;
    return false;
  }
}

function make(directory: string) {
  const parent = path.dirname(directory);
  if (!existsSync(parent)) make(parent);
  // v2: the parent says which controllers its children may have
  const control = path.join(parent, "cgroup.subtree_control");
  if (existsSync(control)) {
    const controllers = readFileSync(path.join(parent, "cgroup.controllers"), "utf8").trim();
    for (const each of controllers.split(" ")) {
      try {
        writeFileSync(control, `+${each}`);
      } catch {
        // Somebody is in the parent itself. A limit that needs this controller says that it has no file
      }
    }
  }
  mkdirSync(directory);
  // v1: nobody can join before it has processors and memory
  for (const file of ["cpuset.cpus", "cpuset.mems"]) {
    const own = path.join(directory, file);
    if (existsSync(own) && !existsSync(control)) {
      const inherited = readFileSync(path.join(parent, file), "utf8");
      if (readFileSync(own, "utf8").trim() === "") writeFileSync(own, inherited);
    }
  }
}

/**
 * Sets the limits of a container's cgroups.
 *
 * @throws {Error} for one that this kernel does not have
 */
export function limit(cgroups: string[], resources: Resources): void {
  const settings = settingsFor(resources);
  if (settings.length > 0 && cgroups.length === 0) {
    throw new Error("linux.resources: you may make no cgroup here, so nothing can be limited");
  }
  for (const { files, what } of settings) {
    const there = cgroups.flatMap((cgroup) =>
      files
        .map(([file, value]) => [path.join(cgroup, file), value] as const)
        .filter(([file]) => existsSync(file)),
    );
    if (there.length === 0) throw new Error(`this kernel has no limit for ${what}`);
    for (const [file, value] of there) writeFileSync(file, value);
  }
  limitDevices(cgroups, deviceRules(resources));
}

/** Only v1 has files for devices. With v2, a program for the kernel does it. */
function limitDevices(cgroups: string[], rules: DeviceRule[]) {
  const v1 = cgroups.find((cgroup) => existsSync(path.join(cgroup, "devices.deny")));
  const v2 = cgroups.find((cgroup) => existsSync(path.join(cgroup, "cgroup.controllers")));
  if (v1) {
    for (const rule of rules) {
      const file = rule.allow ? "devices.allow" : "devices.deny";
      writeFileSync(path.join(v1, file), lineOf(rule));
    }
  } else if (v2 && rules.length > 0 && isRootOfHost()) filterDevices(v2, rules);
}

/** Puts a process into cgroups, with all of its threads. */
export function join(cgroups: string[], pid: number): void {
  for (const cgroup of cgroups) writeFileSync(path.join(cgroup, "cgroup.procs"), `${pid}`);
}

/** Lists the processes in cgroups. */
export function processesIn(cgroups: string[]): number[] {
  const files = cgroups.map((cgroup) => path.join(cgroup, "cgroup.procs"));
  const there = files.filter((file) => existsSync(file));
  return [...new Set(there.flatMap((file) => readFileSync(file, "utf8").split("\n")))]
    .map(Number)
    .filter(Boolean);
}

/** Removes cgroups, once the last of their processes has ended. */
export function removeCgroups(cgroups: string[]): void {
  for (const cgroup of cgroups) if (existsSync(cgroup)) removeCgroup(cgroup);
}
