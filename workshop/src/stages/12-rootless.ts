import { hasDevices, hasOwnDev } from "../facts/devices.ts";
import { hidesKernel } from "../facts/hidden-kernel.ts";
import { newNamespace } from "../facts/new-namespace.ts";
import { keepsApart, removesChanges } from "../facts/overlay.ts";
import { hasLayers, mayBeReadOnly } from "../facts/overlay-options.ts";
import { hasOwnSession } from "../facts/own-session.ts";
import { hasOwnTerminal } from "../facts/own-terminal.ts";
import { losesHostRoot } from "../facts/pivot-root.ts";
import { filtersCalls, getsNoMore, keepsCapabilities } from "../facts/privileges.ts";
import { isProcessOne, reapsWithInit } from "../facts/process-one.ts";
import { mountsProc } from "../facts/root.ts";
import { deletesFromImage, hasLoopback, hasOwnUsers, mapsUsers } from "../facts/users.ts";
import { sinceReexec } from "./02-reexec.ts";
import { atEnd } from "./03-pid-mnt-chroot.ts";
import { rootlessHints } from "./hints/12-rootless.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...sinceReexec,
  {
    says: "Whoever starts it is root inside, and only there: unshare(1) makes a user namespace, and all others in it.",
    facts: [hasOwnUsers, mapsUsers],
  },
  {
    says: "PID, mount, IPC and network namespaces are new, and belong to it: root may set up the network.",
    facts: [newNamespace.pid, newNamespace.mnt, newNamespace.ipc, newNamespace.net, hasLoopback],
  },
  {
    says: "rootless-fs, whose files are those of whoever starts it, is the image. Root inside may do with it what it likes, and all of that goes to the upper directory of an overlay.",
    facts: [deletesFromImage],
  },
  {
    says: "All that stages 6 to 8 have brought still holds: the command is process 1, with devices, a session and a terminal of its own, and what it writes goes with it. --init, --read-only and --image are there.",
    facts: [
      mountsProc,
      losesHostRoot,
      isProcessOne,
      hasDevices,
      hasOwnDev,
      hidesKernel,
      hasOwnSession,
      hasOwnTerminal,
      keepsApart,
      removesChanges,
      reapsWithInit,
      mayBeReadOnly,
      hasLayers,
    ],
  },
  {
    says: "Root inside has the capabilities that Docker leaves to it, and the filter of stage 11.",
    facts: [keepsCapabilities, getsNoMore, filtersCalls],
  },
  atEnd,
];

export const rootless: Stage = {
  name: "12-rootless",
  goal,
  hints: rootlessHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc", "net"],
  hasChild: true,
  root: "rootless-fs",
};
