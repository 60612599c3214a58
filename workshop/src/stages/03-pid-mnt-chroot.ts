import { endsAll, unmountsAtEnd } from "../facts/ends-cleanly.ts";
import { newNamespace } from "../facts/new-namespace.ts";
import { hasOwnRoot, mountsProc, standsInRoot } from "../facts/root.ts";
import { sinceReexec } from "./02-reexec.ts";
import { pidMntChrootHints } from "./hints/03-pid-mnt-chroot.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

/** The parts of the goal that hold for this stage and for all that follow, while the container runs. */
export const sinceChroot: Goal[] = [
  ...sinceReexec,
  {
    says: "PID and mount namespaces are new, too.",
    facts: [newNamespace.pid, newNamespace.mnt],
  },
  {
    says: "ubuntu-fs, at the top of the repo, is the root directory. The command stands in it, and no .. leads out.",
    facts: [hasOwnRoot, standsInRoot],
  },
  {
    says: "/proc is mounted inside, so that ps shows the container's processes and no others.",
    facts: [mountsProc],
  },
];

/** The parts that hold when the command has ended. */
export const atEnd: Goal = {
  says: "When the command has ended, nothing is left on the host: no mount, and no process that it had started.",
  facts: [unmountsAtEnd, endsAll],
};

const goal = [...sinceChroot, atEnd];

export const pidMntChroot: Stage = {
  name: "03-pid-mnt-chroot",
  goal,
  hints: pidMntChrootHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt"],
  hasChild: true,
  root: "ubuntu-fs",
};
