import { keepsMountsFromHost, leavesHostShared } from "../facts/propagation.ts";
import { atEnd, sinceChroot } from "./03-pid-mnt-chroot.ts";
import { unshareProcHints } from "./hints/04-unshare-proc.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...sinceChroot,
  {
    says: "What the container mounts is not seen on the host while it runs, even where / is a shared mount.",
    facts: [keepsMountsFromHost],
  },
  {
    says: "The host's own mounts stay shared, and none of the container's is.",
    facts: [leavesHostShared],
  },
  atEnd,
];

export const unshareProc: Stage = {
  name: "04-unshare-proc",
  goal,
  hints: unshareProcHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
