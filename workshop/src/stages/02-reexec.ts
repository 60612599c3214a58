import { refusesByHand } from "../facts/child-by-hand.ts";
import { keepsHostsName, namesContainer } from "../facts/hostname.ts";
import { newNamespace, seesHostsProcesses } from "../facts/new-namespace.ts";
import { passesStatus } from "../facts/passes-status.ts";
import { runsCommand } from "../facts/runs-command.ts";
import { reexecHints } from "./hints/02-reexec.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

/** The parts of the goal that hold for this stage and for all that follow. */
export const sinceReexec: Goal[] = [
  {
    says: "The program runs the command with its arguments, in your terminal and in a new UTS namespace, and ends with its status.",
    facts: [runsCommand, passesStatus, newNamespace.uts],
  },
  {
    says: 'The hostname inside is "container", from the start of the command on, and the host keeps its own.',
    facts: [namesContainer, keepsHostsName],
  },
];

const goal: Goal[] = [
  ...sinceReexec,
  {
    says: "run() has this same program set the name, as child, in the new namespace. Typed by hand, on the host, child refuses, and changes nothing.",
    facts: [refusesByHand],
  },
  { says: "The command still sees the host's processes.", facts: [seesHostsProcesses] },
];

export const reexec: Stage = {
  name: "02-reexec",
  goal,
  hints: reexecHints,
  facts: factsOf(goal),
  namespaces: ["uts"],
  hasChild: true,
  root: "host",
};
