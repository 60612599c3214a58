import type { Progress } from "host";

/** Describes the work on one root. */
export interface Build {
  /** A folder for this run alone, deleted at its end. Nobody but root can look into it. */
  scratch: string;
  /** The root that is being made: a folder in `scratch`. */
  root: string;
  signal: AbortSignal;
  progress: Progress;
}

/** Describes where a root comes from. */
export interface Source {
  /** Completes "making ubuntu-fs from …". */
  name: string;
  /** Puts the files into `build.root`. */
  fill(build: Build): Promise<void>;
}
