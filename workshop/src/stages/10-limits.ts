import {
  hidesCgroups,
  limitsMemory,
  limitsProcessor,
  refusesNonsense,
  saysOutOfMemory,
  takesPids,
} from "../facts/limits.ts";
import { network } from "./09-network.ts";
import { limitsHints } from "./hints/10-limits.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...network.goal,
  {
    says: "--pids, --memory and --cpus, before the command, limit what the container may use. The units are K, M and G, and what makes no sense is refused.",
    facts: [takesPids, limitsMemory, limitsProcessor, refusesNonsense],
  },
  {
    says: "When its memory is used up, the kernel kills, with status 137, and run() says why.",
    facts: [saysOutOfMemory],
  },
  {
    says: 'In the container, its cgroups are "/": they are the root of a cgroup namespace.',
    facts: [hidesCgroups],
  },
];

export const limits: Stage = {
  name: "10-limits",
  goal,
  hints: limitsHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc", "net", "cgroup"],
  hasChild: true,
  root: "ubuntu-fs",
};
