import { keepsApart, leavesImage, removesChanges } from "../facts/overlay.ts";
import { hasLayers, mayBeReadOnly } from "../facts/overlay-options.ts";
import { devices } from "./07-devices.ts";
import { overlayHints } from "./hints/08-overlay.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...devices.goal,
  {
    says: "The root of the container is an overlay over ubuntu-fs: it may write everywhere, and nothing changes in ubuntu-fs.",
    facts: [leavesImage],
  },
  {
    says: "Each container has changes of its own. They are gone when it has ended.",
    facts: [keepsApart, removesChanges],
  },
  {
    says: "With --read-only, before the command, nobody can write to the root. With --image=<name>, the root is made of the layers in images/<name>, the last in the alphabet on top.",
    facts: [mayBeReadOnly, hasLayers],
  },
];

export const overlay: Stage = {
  name: "08-overlay",
  goal,
  hints: overlayHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc"],
  hasChild: true,
  root: "ubuntu-fs",
};
