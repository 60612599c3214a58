import {
  createWaits,
  followsStates,
  runsAll,
  startsProgram,
  tellsState,
} from "../facts/runtime/life.ts";
import {
  deletesAll,
  deletesByForce,
  deletesNoneAlive,
  killsByName,
  killsNobody,
  startsOnce,
} from "../facts/runtime/refusals.ts";
import { ociHints } from "./hints/13-oci.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  {
    says: "create makes a container with everything but its program. Its process waits, and create itself ends.",
    facts: [createWaits],
  },
  {
    says: "state prints what is known of it, as JSON: it is created.",
    facts: [tellsState],
  },
  {
    says: "start has the process become the program, and only one that waits. state says running then, and stopped when it has ended.",
    facts: [startsProgram, followsStates, startsOnce],
  },
  {
    says: "kill sends a signal: by its name, its number, or SIGTERM. A container that has stopped gets none.",
    facts: [killsByName, killsNobody],
  },
  {
    says: "delete removes one that has stopped, with all that was made for it. With --force, it ends it first.",
    facts: [deletesAll, deletesNoneAlive, deletesByForce],
  },
  {
    says: "run does all that for people, and ends with the status of the program.",
    facts: [runsAll],
  },
];

export const oci: Stage = {
  name: "13-oci",
  goal,
  hints: ociHints,
  startsEmptied: true,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "net", "ipc", "cgroup"],
  hasChild: true,
  root: "ubuntu-fs",
};
