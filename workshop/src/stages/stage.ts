import type { Fact } from "../facts/fact.ts";
import type { Namespace } from "../facts/new-namespace.ts";

/** Describes a stage, besides its code: what the class's command line and the tests know of it. */
export interface Stage {
  /** Its folder in steps/ and its page in docs/: "03-pid-mnt-chroot". */
  name: string;
  /** All that the facts ask of a student's code, and not how. */
  goal: [string, ...string[]];
  /** From a nudge to all but the code; the code itself comes last. */
  hints: [string, ...string[]];
  /** In the order in which one would write it. */
  facts: Fact[];
  /** The new namespaces of its container. */
  namespaces: Namespace[];
  /** Says that `run` starts this same program again as `child`, which finishes the container inside. */
  hasChild: boolean;
  /** The root directory of its command. */
  root: "host" | "ubuntu-fs";
}
