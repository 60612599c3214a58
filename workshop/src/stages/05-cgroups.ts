import { hasOwnCgroup, holdsOnlyCommand, limitsToTen } from "../facts/cgroup.ts";
import * as limits from "../facts/cgroup-limits.ts";
import { unshareProc } from "./04-unshare-proc.ts";
import { cgroupsHints } from "./hints/05-cgroups.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...unshareProc.goal,
  {
    says: 'The command is in a cgroup of its own, below cgroupRoot("pids"), with 10 in its pids.max.',
    facts: [hasOwnCgroup, limitsToTen],
  },
  {
    says: "Nobody else is in it, so there is room for a pipeline: not Node, whose threads would count.",
    facts: [holdsOnlyCommand, limits.leavesRoom],
  },
  {
    says: "Ten tasks live, an eleventh cannot start, and a fork bomb stays in its box.",
    facts: [limits.refusesEleventh, limits.holdsForkBomb],
  },
  {
    says: "Each container has its own cgroup, and takes it away at the end, also when the command leaves processes behind.",
    facts: [limits.removesCgroup, limits.limitsEach],
  },
];

export const cgroups: Stage = {
  name: "05-cgroups",
  goal,
  hints: cgroupsHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
