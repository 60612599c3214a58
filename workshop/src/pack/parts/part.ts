import type { Progress } from "host";

/** The job of making a pack, for those who make its parts. */
export interface Job {
  /** The folder for the finished files: perhaps on a stick, without links and owners. */
  out: string;
  /** A folder for everything else, on this machine's disk. */
  work: string;
  /** A copy of the repo at its commit, with what a student has installed: the packages are its beginning. */
  copy: string;
  /** The architectures whose lab goes along, as Debian calls them. */
  labs: string[];
  signal: AbortSignal;
  progress: Progress;
}

/** A part of a pack. */
export interface Part {
  /** The work that is being done, for the one who waits. */
  step: string;
  /** Makes its files in `out`. */
  make(job: Job): Promise<void>;
}
