import type { Subject } from "./subject.ts";

/** Something that is true of a stage, and that the kernel can be asked. */
export interface Fact {
  /** Stays the same from year to year: scripts of teachers read it. */
  id: string;
  /** In the present tense: "starts the command in a new UTS namespace". */
  title: string;
  /** @throws {Unmet} when it is not so */
  check(subject: Subject): Promise<void>;
}

/** What was expected of a stage, what was seen instead, and what to do about it. */
export class Unmet extends Error {
  override readonly name = "Unmet";
  readonly expected: string;
  readonly seen: string;
  readonly hint: string;

  constructor(expected: string, seen: string, hint: string) {
    super(`expected: ${expected}\nseen: ${seen}\nhint: ${hint}`);
    this.expected = expected;
    this.seen = seen;
    this.hint = hint;
  }
}

/** Says that something is so, or what there is instead. */
export function expect(holds: boolean, expected: string, seen: string, hint: string): void {
  if (!holds) throw new Unmet(expected, seen, hint);
}
