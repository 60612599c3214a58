import type { Verdict } from "../practice/check-stage.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** Returns what holds, what does not, and what waits, as text for people. */
export function showVerdicts(verdicts: Verdict[]): string {
  return verdicts.map(showVerdict).join("\n");
}

function showVerdict({ state, title, expected = "", actual = "", hint = "" }: Verdict): string {
  if (state === "holds") return `  ${paint("green", "✓")} ${title}`;
  if (state === "waits") return paint("dim", `  · ${title}`);
  return [
    `  ${paint("red", "✗")} ${paint("bold", title)}`,
    "",
    wrap("      expected  ", expected),
    wrap("      actual    ", actual),
    wrap("      hint      ", hint),
    "",
  ].join("\n");
}
