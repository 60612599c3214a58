import { endsAll, unmountsAtEnd } from "../facts/ends-cleanly.ts";
import { keepsMountsFromHost, leavesHostShared } from "../facts/propagation.ts";
import { sinceChroot } from "./03-pid-mnt-chroot.ts";
import type { Stage } from "./stage.ts";

export const unshareProc: Stage = {
  name: "04-unshare-proc",
  goal: [
    "What the container mounts is not seen on the host while it runs, even where / is a shared mount. The host's own mounts stay shared.",
    "It is one line.",
  ],
  hints: [
    "A new mount namespace is a copy of the host's, and mounts in a shared copy are passed on. mount_namespaces(7) calls what has to change the propagation.",
    "It has to change in the new namespace, for all mounts, before anything is mounted there. Go has a field for it beside Cloneflags, and so has our spawn.",
    "unshareflags",
  ],
  facts: [...sinceChroot, keepsMountsFromHost, leavesHostShared, unmountsAtEnd, endsAll],
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
