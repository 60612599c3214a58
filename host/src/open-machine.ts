import { existsSync } from "node:fs";
import path from "node:path";
import { processesBelow } from "./cgroups.ts";
import { makeHostCgroup } from "./host-cgroup.ts";
import { type Host, joinCgroups } from "./open-host.ts";
import { run } from "./run.ts";
import { until } from "./until.ts";

/** A file that lab/provision.sh puts on each machine that it makes a lab. */
const MARK = "/etc/profile.d/lab.sh";
/** The seconds that programs have to end, when their terminals have. */
const GRACE = 3;

/** Tells whether this machine was made for the workshop, and may be spoilt: that of `pnpm lab`, or Vagrant's. */
export function isLab(): boolean {
  return existsSync(MARK);
}

/** This machine itself as a host. */
export interface MachineHost extends Host {
  /** The cgroup of what runs on it, as /proc/<pid>/cgroup has it: none where tasks cannot be counted. */
  group: string | undefined;
}

/** Takes this machine itself for a host. All that runs on it is in a cgroup of its own, and ends with it. */
export function openMachine(): MachineHost {
  const cgroup = makeHostCgroup();
  cgroup?.divide();
  const join = joinCgroups(cgroup?.processes);
  const enter = (folder = "/") => [...join, "env", `--chdir=${folder}`];
  const isEmpty = () => processesBelow(cgroup?.directory ?? "").length === 0;
  return {
    pid: 1,
    cgroup,
    group: cgroup && path.join("/", path.relative(cgroup.hierarchy, cgroup.directory)),
    enter,
    run: (...command) => run([...enter(), ...command]),
    async close() {
      await until("their end", isEmpty, GRACE).catch(() => {}); // the others are killed
      await cgroup?.remove();
    },
  };
}
