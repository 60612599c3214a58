import { losesHostRoot } from "../facts/pivot-root.ts";
import { isProcessOne, reapsWithInit } from "../facts/process-one.ts";
import { cgroups } from "./05-cgroups.ts";
import { pivotRootHints } from "./hints/06-pivot-root.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...cgroups.goal,
  {
    says: "ubuntu-fs is the root of the container's mount namespace, and not only of its processes. No mount of the host's root is left in there, so nothing leads out.",
    facts: [losesHostRoot],
  },
  {
    says: "The command itself is process 1: child() becomes it, and nothing of Node stays in the container.",
    facts: [isProcessOne],
  },
  {
    says: "With --init as the first word, before the command, child() stays process 1, and is an init: it starts the command, ends with its status, and reaps all that have ended.",
    facts: [reapsWithInit],
  },
];

export const pivotRoot: Stage = {
  name: "06-pivot-root",
  goal,
  hints: pivotRootHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
