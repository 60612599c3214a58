// Starts a program that wants all memory there is, in a cgroup that has 50 MB of it.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cgroupRoot, removeCgroupAtEnd, spawn, wait } from "shared-native";

const name = `container-${Math.random().toString(36).slice(2, 8)}`;
const cgroup = path.join(cgroupRoot("memory"), name);
removeCgroupAtEnd(cgroup);
mkdirSync(cgroup);
// The file has one name in cgroup v2, another in v1; so has the one for swap
limit("memory.max", "50M") || limit("memory.limit_in_bytes", "50M");
limit("memory.swap.max", "0") || limit("memory.memsw.limit_in_bytes", "50M");

const join = 'echo 0 >"$1"/cgroup.procs && exec tail /dev/zero';
const status = await wait(spawn("/bin/sh", ["-c", join, "sh", cgroup], { stdio: "inherit" }));
console.log(`tail ended with status ${status}`);

function limit(file: string, value: string): boolean {
  const setting = path.join(cgroup, file);
  if (!existsSync(setting)) return false;
  writeFileSync(setting, value);
  return true;
}
