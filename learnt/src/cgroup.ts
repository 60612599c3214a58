import { mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cgroupProcs, cgroupRoot, removeCgroupAtEnd } from "shared-native";

/** Makes a cgroup with a limit, and opens the file by which a process joins it. */
export function configCgroups(name: string): number {
  const cgroup = path.join(cgroupRoot("pids"), name);
  // A cgroup outlives its processes: whatever becomes of run(), it is removed
  removeCgroupAtEnd(cgroup);
  // A new directory in the cgroup file system is a new cgroup: the kernel fills it with files
  mkdirSync(cgroup);
  // At most 10 tasks, processes and threads: then fork fails with EAGAIN
  writeFileSync(path.join(cgroup, "pids.max"), "10");
  return openSync(cgroupProcs(cgroup), "w");
}
