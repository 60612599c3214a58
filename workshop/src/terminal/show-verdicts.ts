import type { Verdict } from "../practice/check-stage.ts";
import { isNarrow } from "./columns.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/**
 * Returns the outcome of a check as text for people. The fact that fails is what they came for: it is
 * last, and what holds and what waits is one line each.
 *
 * @param all lists the facts that hold, and those that wait, too
 */
export function showVerdicts(verdicts: Verdict[], all: boolean): string {
  const of = (state: Verdict["state"]) => verdicts.filter((verdict) => verdict.state === state);
  const [held, waiting] = [of("holds"), of("waits")];
  const lines = all ? [...titles("✓", held), ...titles("·", waiting)] : [];
  if (held.length === verdicts.length) lines.push(marked("✓", `All ${held.length} facts hold.`));
  else if (!all && held.length > 0)
    lines.push(marked("✓", count(held.length, "fact holds", "facts hold")));
  if (waiting.length > 0) {
    const wait = count(waiting.length, "more waits", "more wait");
    lines.push(marked("·", `${wait}: the check stopped at the first that fails`));
  }
  return [...lines, ...of("fails").map(showFailure)].join("\n");
}

function showFailure({ title, expected = "", actual = "", hint = "" }: Verdict): string {
  const indent = isNarrow() ? "  " : "      ";
  return [
    marked("✗", title),
    "",
    wrap(`${indent}expected  `, expected),
    wrap(`${indent}actual    `, actual),
    wrap(`${indent}hint      `, hint),
  ].join("\n");
}

function titles(mark: string, verdicts: Verdict[]): string[] {
  return verdicts.map(({ title }) => marked(mark, title));
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function marked(mark: string, text: string): string {
  const lines = wrap(`  ${mark} `, text);
  if (mark === "·") return paint("dim", lines);
  if (mark === "✓") return lines.replace(mark, paint("green", mark));
  return paint("bold", lines).replace(mark, paint("red", mark));
}
