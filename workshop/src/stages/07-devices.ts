import { hasDevices, hasOwnDev } from "../facts/devices.ts";
import { hidesKernel } from "../facts/hidden-kernel.ts";
import { newNamespace } from "../facts/new-namespace.ts";
import { hasOwnSession } from "../facts/own-session.ts";
import { hasOwnTerminal } from "../facts/own-terminal.ts";
import { pivotRoot } from "./06-pivot-root.ts";
import { devicesHints } from "./hints/07-devices.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...pivotRoot.goal,
  {
    says: "/dev has null, zero, full, random, urandom and tty, and nothing of the host's besides. Its pts, shm and mqueue are the container's own, which needs a new IPC namespace.",
    facts: [newNamespace.ipc, hasDevices, hasOwnDev],
  },
  {
    says: "The kernel of the host cannot be changed, nor looked into: /sys and /proc/sys are read-only, and what runc hides is hidden.",
    facts: [hidesKernel],
  },
  {
    says: "The container has a session of its own and, where you have a terminal, a terminal of its own: openTerminal.",
    facts: [hasOwnSession, hasOwnTerminal],
  },
];

export const devices: Stage = {
  name: "07-devices",
  goal,
  hints: devicesHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc"],
  hasChild: true,
  root: "ubuntu-fs",
};
