import type { Fact } from "../facts/fact.ts";
import type { HintsByFact } from "./hints/hints.ts";
import type { Shape } from "./shape.ts";

/** Describes a stage, besides its code: what the class's command line and the tests know of it. */
export interface Stage extends Shape {
  /** All that the facts ask of a student's code, and not how. */
  goal: [string, ...string[]];
  hints: HintsByFact;
  /** In the order in which one would write it. */
  facts: Fact[];
}
