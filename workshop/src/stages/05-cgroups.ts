import { hasOwnCgroup, holdsOnlyCommand, limitsToTen } from "../facts/cgroup.ts";
import * as limits from "../facts/cgroup-limits.ts";
import { unshareProc } from "./04-unshare-proc.ts";
import type { Stage } from "./stage.ts";

export const cgroups: Stage = {
  name: "05-cgroups",
  goal: [
    'The command is in a cgroup of its own, below cgroupRoot("pids"), with 10 in its pids.max, and nobody else is in it: not Node, whose threads would count.',
    "Each container has its own cgroup, and takes it away at the end: removeCgroupAtEnd.",
  ],
  hints: [
    'A cgroup is a directory. run() calls configCgroups(), which makes one with a name that no other container has, in cgroupRoot("pids"), and writes to its pids.max. removeCgroupAtEnd(cgroup) takes it away again.',
    "Who joins? The number 0, written to cgroup.procs, means the one who writes. If Node writes it, Node's threads are in. So a small shell joins, and becomes the command: exec.",
    'After chroot nobody finds the cgroup any more. configCgroups() opens cgroupProcs(cgroup), and run() hands it down as descriptor 3: stdio: ["inherit", "inherit", "inherit", fd], twice. The shell: \'echo 0 >&3 && exec "$@" 3>&-\'.',
  ],
  facts: [
    ...unshareProc.facts,
    hasOwnCgroup,
    limitsToTen,
    holdsOnlyCommand,
    limits.leavesRoom,
    limits.refusesEleventh,
    limits.holdsForkBomb,
    limits.removesCgroup,
    limits.limitsEach,
  ],
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
