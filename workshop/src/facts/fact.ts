import type { CheckedCode } from "./checked-code.ts";

/** A statement about a stage's code that the kernel can confirm. */
export interface Fact {
  /** The name that stays the same from year to year: teachers' scripts read it. */
  id: string;
  /** The statement in the present tense: "starts the command in a new UTS namespace". */
  title: string;
  /** True if it looks at the shell that waits, and at nothing else: then it needs no container of its own. */
  onlyLooks?: true;
  /**
   * Looks at containers. It asks for all that it needs before it waits for one: they start in that order.
   *
   * @throws {FactError} when the fact does not hold
   */
  check(code: CheckedCode): Promise<void>;
}

/** A fact that does not hold: what was expected, what happens instead, and how to get further. */
export class FactError extends Error {
  override readonly name = "FactError";
  readonly expected: string;
  readonly actual: string;
  readonly hint: string;

  constructor(expected: string, actual: string, hint: string) {
    super(`expected: ${expected}\nactual: ${actual}\nhint: ${hint}`);
    this.expected = expected;
    this.actual = actual;
    this.hint = hint;
  }
}

/** @throws {FactError} unless the condition holds */
export function expect(holds: boolean, expected: string, actual: string, hint: string): void {
  if (!holds) throw new FactError(expected, actual, hint);
}
