import { endsAll, unmountsAtEnd } from "../facts/ends-cleanly.ts";
import { keepsMountsFromHost, leavesHostShared } from "../facts/propagation.ts";
import { sinceChroot } from "./03-pid-mnt-chroot.ts";
import { unshareProcHints } from "./hints/04-unshare-proc.ts";
import type { Stage } from "./stage.ts";

export const unshareProc: Stage = {
  name: "04-unshare-proc",
  goal: [
    "What the container mounts is not seen on the host while it runs, even where / is a shared mount. The host's own mounts stay shared.",
    "It is one line.",
  ],
  hints: unshareProcHints,
  facts: [...sinceChroot, keepsMountsFromHost, leavesHostShared, unmountsAtEnd, endsAll],
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
