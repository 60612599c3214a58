/** The hints for a fact that does not hold yet: one of these at a call, in this order. */
export interface Hints {
  /** The thing behind it. */
  idea: string;
  /** Which calls do it, and where they belong. */
  direction: string;
  /** The statements of our code that do it, each by what it begins with. */
  code: string[];
}

/** The hints of a stage, by the ids of the facts that are new in it. */
export type HintsByFact = Record<string, Hints>;
