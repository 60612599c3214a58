import { readFileSync } from "node:fs";
import path from "node:path";
import { cgroupOf, type HostCgroup } from "host";
import { Unmet } from "./fact.ts";
import type { Standing } from "./subject.ts";

/** The cgroup that a command is in, as the kernel says. */
export function cgroupOfCommand({ box, pid }: Pick<Standing, "box" | "pid">): string {
  return cgroupOf(pid, "pids", boxCgroup(box).hierarchy);
}

/** The cgroups of a disposable host. */
export function boxCgroup(box: Standing["box"]): HostCgroup {
  if (box.cgroup) return box.cgroup;
  throw new Unmet(
    "a pids controller",
    "no cgroup of this machine counts tasks",
    'Type "pnpm workshop doctor".',
  );
}

/** What is in a file of a cgroup. */
export function readCgroup(cgroup: string, file: string): string {
  return readFileSync(path.join(cgroup, file), "utf8").trim();
}
