import { keepsHostsName, looksLikeHost } from "../facts/hostname.ts";
import { newNamespace, noOtherNamespace } from "../facts/new-namespace.ts";
import { passesStatus } from "../facts/passes-status.ts";
import { runsCommand } from "../facts/runs-command.ts";
import { utsHints } from "./hints/01-uts.ts";
import type { Stage } from "./stage.ts";

export const uts: Stage = {
  name: "01-uts",
  goal: [
    "run() starts the command in a new UTS namespace, the one that holds the hostname, and in no other new one. The command has the terminal: its input and output.",
    "The program ends with the status of the command.",
    "spawn and wait in shared-native are like Node's own; spawn also takes cloneflags.",
  ],
  hints: utsHints,
  facts: [
    runsCommand,
    newNamespace.uts,
    noOtherNamespace,
    looksLikeHost,
    keepsHostsName,
    passesStatus,
  ],
  namespaces: ["uts"],
  hasChild: false,
  root: "host",
};
