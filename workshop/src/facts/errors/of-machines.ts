import { advice } from "shared-native";
import type { KnownError } from "./known-error.ts";

const LACKS = [
  advice.capabilities,
  advice.namespace("(?:UTS|PID|mount|IPC|uts|pid|mnt|ipc)"),
  advice.namespaceLimit,
  advice.cgroups,
];

/** Messages of the stages about the machine. */
export const machineErrors: KnownError[] = [
  {
    pattern: new RegExp(LACKS.join("|")),
    hint: 'This is about the machine, and not about the code: type "pnpm workshop doctor".',
  },
  {
    pattern: new RegExp(advice.proc),
    hint: "The host had a /proc when the code began. Perhaps umount took it away: it is for child(), and for what child() has mounted.",
  },
];
