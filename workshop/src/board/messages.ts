/** The version of what follows: a board and its students need the same one. */
export const VERSION = 1;

/** A name that a board shows: no control characters, and nothing that turns the writing round. */
export const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .'’_-]{0,39}$/u;

/** All that a student sends, each time as a whole: whatever got lost, the next one makes up for it. */
export interface Standing {
  /** Made up at random when joining: by it, the board knows the row. */
  key: string;
  /** Absent from who has given none: the board makes up a number. */
  name?: string;
  /** The stage that the student is at: "03-pid-mnt-chroot". */
  stage: string;
  /** By the stages' names: only those that the student has begun. */
  stages: Record<string, StageStanding>;
  /** The seconds since more facts held than ever before. */
  idle: number;
  /** The seconds since the student has called for help. */
  help?: number;
}

export interface StageStanding {
  /** The number of facts that held at the last check. */
  held: number;
  passed: boolean;
  /** The id of the fact that failed first. */
  failed?: string;
  /** The number of hints that were read. */
  hints: number;
}

/** The reasons for which a board refuses a standing. */
export type Reason = "code" | "crowded" | "full" | "left" | "name" | "unreadable" | "version";

/** The answer of a board. */
export type Reply = { board: number } & ({ name: string } | { reason: Reason });
