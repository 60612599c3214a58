import type { StageStanding } from "../messages.ts";

/** All that the page shows. */
export interface Picture {
  /** The address that students type. */
  address: string;
  /** The board's clock, in milliseconds, to count from. */
  now: number;
  stages: Column[];
  students: Row[];
}

/** A stage, with the titles of its facts by their ids. */
export interface Column {
  name: string;
  facts: Record<string, string>;
}

/** A student. */
export interface Row {
  /** A number for the page: the key is between the student and the board. */
  id: number;
  name: string;
  stage: string;
  stages: Record<string, StageStanding>;
  /** The time when the student last got on, in milliseconds. */
  moved: number;
  /** The time when the student called for help, in milliseconds. */
  help?: number;
}
