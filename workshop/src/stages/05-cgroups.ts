import { hasOwnCgroup, holdsOnlyCommand, limitsToTen } from "../facts/cgroup.ts";
import * as limits from "../facts/cgroup-limits.ts";
import { unshareProc } from "./04-unshare-proc.ts";
import { cgroupsHints } from "./hints/05-cgroups.ts";
import type { Stage } from "./stage.ts";

export const cgroups: Stage = {
  name: "05-cgroups",
  goal: [
    'The command is in a cgroup of its own, below cgroupRoot("pids"), with 10 in its pids.max, and nobody else is in it: not Node, whose threads would count.',
    "Each container has its own cgroup, and takes it away at the end: removeCgroupAtEnd.",
  ],
  hints: cgroupsHints,
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
