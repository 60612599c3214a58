import { endsAll, unmountsAtEnd } from "../facts/ends-cleanly.ts";
import type { Fact } from "../facts/fact.ts";
import { newNamespace } from "../facts/new-namespace.ts";
import { hasOwnRoot, mountsProc, standsInRoot } from "../facts/root.ts";
import { sinceReexec } from "./02-reexec.ts";
import { pidMntChrootHints } from "./hints/03-pid-mnt-chroot.ts";
import type { Stage } from "./stage.ts";

/** The facts that hold for this stage and for all that follow, while the container runs. */
export const sinceChroot: Fact[] = [
  ...sinceReexec,
  newNamespace.pid,
  newNamespace.mnt,
  hasOwnRoot,
  standsInRoot,
  mountsProc,
];

export const pidMntChroot: Stage = {
  name: "03-pid-mnt-chroot",
  goal: [
    "New PID and mount namespaces, too: child() is process 1. ubuntu-fs, at the top of the repo, is the root directory, and the command stands in it.",
    "/proc is mounted inside, so that ps shows the container's processes and no others. When the command has ended, it is unmounted, and nothing is left on the host: no mount, no process.",
  ],
  hints: pidMntChrootHints,
  facts: [...sinceChroot, unmountsAtEnd, endsAll],
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
