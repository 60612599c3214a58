import type { Fact } from "../facts/fact.ts";
import type { Namespace } from "../facts/new-namespace.ts";

/** A stage, besides its code: what the class's command line and the tests know of it. */
export interface Stage {
  /** Its folder in steps/ and its page in docs/: "03-pid-mnt-chroot". */
  name: string;
  /** Everything that the facts ask of a student's code, but not how to do it. */
  goal: [string, ...string[]];
  /** The hints, from a nudge to all but the code; the code itself comes last. */
  hints: [string, ...string[]];
  /** The facts, in the order in which one would write the code. */
  facts: Fact[];
  /** The new namespaces of its container. */
  namespaces: Namespace[];
  /** True if `run` starts this program again as `child`, which finishes the container inside. */
  hasChild: boolean;
  /** The root directory of its command. */
  root: "host" | "ubuntu-fs";
}
