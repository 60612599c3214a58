import type { Fact } from "../facts/fact.ts";
import { keepsHostsName, namesContainer } from "../facts/hostname.ts";
import { newNamespace, seesHostsProcesses } from "../facts/new-namespace.ts";
import { passesStatus } from "../facts/passes-status.ts";
import { runsCommand } from "../facts/runs-command.ts";
import { reexecHints } from "./hints/02-reexec.ts";
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
  hints: reexecHints,
  facts: [...sinceReexec, seesHostsProcesses],
  namespaces: ["uts"],
  hasChild: true,
  root: "host",
};
