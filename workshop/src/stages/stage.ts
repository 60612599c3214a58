import type { Fact } from "../facts/fact.ts";
import type { HintsByFact } from "./hints/hints.ts";
import type { Shape } from "./shape.ts";

/** A part of a stage's goal: what it asks for, and the facts that tell whether it is reached. */
export interface Goal {
  says: string;
  facts: [Fact, ...Fact[]];
}

/** Describes a stage, besides its code: what the class's command line and the tests know of it. */
export interface Stage extends Shape {
  /** All that is asked of a student's code, and not how. In the order in which one would write it. */
  goal: Goal[];
  hints: HintsByFact;
  /** Says that students begin with its own code, without what is in the functions, and not with the stage before. */
  startsEmptied?: true;
  /** Those of its goal. */
  facts: Fact[];
}

/** Lists the facts of a goal. */
export function factsOf(goal: Goal[]): Fact[] {
  return goal.flatMap(({ facts }) => facts);
}
