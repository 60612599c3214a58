import type { Picture } from "./look/picture.ts";

/** The numbers of the terminals, as the course's pages have them. */
export const TERMINALS = [1, 2] as const;

/** Messages that go to the program that has the terminals. */
export type ToInside =
  | { type: "type"; terminal: number; data: string }
  | { type: "resize"; terminal: number; columns: number; rows: number }
  /** True if somebody looks: if not, nothing is looked at. */
  | { type: "watch"; wanted: boolean }
  /** Takes the host away, with all that is on it, and opens a new one. */
  | { type: "reopen" }
  /** Checks the code of a stage that was saved in practice/. */
  | { type: "check"; stage: string; code: string };

/** Messages that come from there. */
export type FromInside =
  /** The terminals are open. */
  | { type: "ready" }
  | { type: "data"; terminal: number; data: string }
  | PictureMessage
  | PracticeMessage
  | { type: "failed"; reason: string };

export interface PictureMessage {
  type: "picture";
  picture: Picture;
  /** True if the host is one of its own, which can be thrown away; false if it is the machine itself. */
  isSandbox: boolean;
  /** The containers' numbers for people, by their ids: the smallest that is free when one is new. */
  numbers: Record<string, number>;
  /** The container whose screen each terminal is: an id, or null for the host. */
  screens: (string | null)[];
}

/** All that is known of the code in practice/ that was saved last. */
export type PracticeMessage =
  | { type: "checking"; stage: string }
  | { type: "verdicts"; stage: string; facts: Verdict[] }
  | { type: "unchecked"; stage: string; reason: string };

/** Messages that go to the page. */
export type ToPage =
  | PictureMessage
  | PracticeMessage
  | { type: "data"; terminal: number; data: string }
  /** All that is on a terminal's screen, in place of what is there. */
  | { type: "screen"; terminal: number; data: string };

/** Messages that come from the page. */
export type FromPage =
  | Exclude<ToInside, { type: "watch" | "check" }>
  /** Tells that so many characters of a terminal have been drawn. */
  | { type: "drawn"; terminal: number; length: number };

/** The verdict on a fact, as `pnpm workshop check --json` gives it. */
export interface Verdict {
  id: string;
  title: string;
  state: "holds" | "fails" | "waits";
  expected?: string;
  actual?: string;
  hint?: string;
}
