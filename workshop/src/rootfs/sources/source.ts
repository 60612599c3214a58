import type { Progress } from "host";

/** The work on one root. */
export interface Build {
  /** A folder for this run alone, deleted at its end. Nobody but root can look into it. */
  scratch: string;
  /** The root that is being made: a folder in `scratch`. */
  root: string;
  /** Says that another layer of an image begins, where they are kept apart. */
  nextLayer(): void;
  signal: AbortSignal;
  progress: Progress;
}

/** A source of roots. */
export interface Source {
  /** The end of "making ubuntu-fs from …". */
  name: string;
  /** Puts the files into `build.root`. */
  fill(build: Build): Promise<void>;
}
