import type { Ending } from "host";
import type { Shape } from "../../stages/shape.ts";

/** A run that failed, as far as it says why. */
export interface Failure extends Pick<Ending, "stdout" | "stderr"> {
  stage: Shape;
  /** The student's code, without comments. */
  source: string;
}

/** An error that students see, and what is behind it. */
export interface KnownError {
  pattern: RegExp;
  /** Says what is so, or "perhaps"; undefined when it is not this after all, and others are to be asked. */
  hint: string | ((match: RegExpExecArray, failure: Failure) => string | undefined);
}
