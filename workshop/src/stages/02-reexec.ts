import type { Fact } from "../facts/fact.ts";
import { keepsHostsName, namesContainer } from "../facts/hostname.ts";
import { newNamespace, seesHostsProcesses } from "../facts/new-namespace.ts";
import { passesStatus } from "../facts/passes-status.ts";
import { runsCommand } from "../facts/runs-command.ts";
import type { Stage } from "./stage.ts";

/** The facts that hold for this stage and for all that follow. */
export const sinceReexec: Fact[] = [
  runsCommand,
  passesStatus,
  newNamespace.uts,
  namesContainer,
  keepsHostsName,
];

export const reexec: Stage = {
  name: "02-reexec",
  goal: [
    'The hostname inside is "container", and the host keeps its own.',
    "run() cannot set it: before spawn it is on the host, after it the command runs already. So run() starts this same program again, through /proc/self/exe, with child as its first argument, in the new namespace. child() sets the name, then starts the command.",
    "child() must never do that on the host: requireNewNamespaces refuses.",
  ],
  hints: [
    "Somebody must run in the new namespace before the command does, to set the name. A program that is there already, and that you know: this one.",
    "run() starts /proc/self/exe, which is Node, with process.execArgv, this file (import.meta.filename), child, and the command. The switch gets a case for child.",
    'child() first calls requireNewNamespaces(CLONE_NEWUTS), then sethostname("container"), then starts the command with spawn, without any flags, and passes its status on as run() does.',
  ],
  facts: [...sinceReexec, seesHostsProcesses],
  namespaces: ["uts"],
  hasChild: true,
  root: "host",
};
