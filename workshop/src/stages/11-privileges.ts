import { filtersCalls, getsNoMore, keepsCapabilities, stillWorks } from "../facts/privileges.ts";
import { limits } from "./10-limits.ts";
import { privilegesHints } from "./hints/11-privileges.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...limits.goal,
  {
    says: "Root in the container has the capabilities that Docker leaves it, and can get no others.",
    facts: [keepsCapabilities, getsNoMore],
  },
  {
    says: "A filter refuses the system calls that are for mounts, for namespaces, for the kernel itself, or for the secrets of others. What root needs for its work goes on.",
    facts: [filtersCalls, stillWorks],
  },
];

export const privileges: Stage = {
  name: "11-privileges",
  goal,
  hints: privilegesHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc", "net", "cgroup"],
  hasChild: true,
  root: "ubuntu-fs",
};
