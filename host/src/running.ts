import type { Outcome } from "./run.ts";

/** The limits for code of unknown quality. */
export interface Limits {
  /** The time from its start, or from the last input, to its end or until it `waits`. */
  seconds: number;
  /** The size of its output. */
  bytes: number;
}

/** The limit that it had exceeded when it was ended: "idle" if it waited for what never came. */
export type Excess = "time" | "idle" | "output" | "tasks";

/** The ending of such code. */
export interface Ending extends Outcome {
  excess: Excess | undefined;
  /** Its own cgroups in which no more tasks could start when it was ended. */
  full: string[];
  /** Those in which Node was then, with its main.ts. */
  joined: string[];
  /** The number of processes that were running its main.ts then. */
  copies: number;
}

/** A program that is running on a host. */
export interface Running {
  stdout(): string;
  stderr(): string;
  hasEnded(): boolean;
  /** Tells which limit it has exceeded, as soon as it is being ended for that. */
  excess(): Excess | undefined;
  /** Writes a line to its standard input. */
  type(line: string): void;
  /** Closes its standard input. */
  endInput(): void;
  /** Notes that it waits for input: as long as it does, its time does not run. */
  waits(): void;
  ended: Promise<Ending>;
}
