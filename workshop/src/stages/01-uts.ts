import { keepsHostsName, looksLikeHost } from "../facts/hostname.ts";
import { newNamespace, noOtherNamespace } from "../facts/new-namespace.ts";
import { passesStatus } from "../facts/passes-status.ts";
import { runsCommand } from "../facts/runs-command.ts";
import { utsHints } from "./hints/01-uts.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  {
    says: "run() starts the command with its arguments, and the command has your terminal: it reads what you type, and you see what it prints.",
    facts: [runsCommand],
  },
  {
    says: "The command is in a new UTS namespace, the one that holds the hostname, and in no other new one.",
    facts: [newNamespace.uts, noOtherNamespace],
  },
  {
    says: "Its hostname is the host's, until somebody changes it inside. The host keeps its own.",
    facts: [looksLikeHost, keepsHostsName],
  },
  {
    says: "The program ends with the status of the command: 128 + n when signal n has ended it.",
    facts: [passesStatus],
  },
];

export const uts: Stage = {
  name: "01-uts",
  goal,
  hints: utsHints,
  facts: factsOf(goal),
  namespaces: ["uts"],
  hasChild: false,
  root: "host",
};
