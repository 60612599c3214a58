import type { Verdict } from "../practice/check-stage.ts";
import { paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

/** What holds, what does not, and what waits: for people. */
export function showVerdicts(verdicts: Verdict[]): string {
  return verdicts.map(showVerdict).join("\n");
}

function showVerdict({ state, title, expected = "", seen = "", hint = "" }: Verdict): string {
  if (state === "holds") return `  ${paint("green", "✓")} ${title}`;
  if (state === "waits") return paint("dim", `  · ${title}`);
  return [
    `  ${paint("red", "✗")} ${paint("bold", title)}`,
    "",
    wrap("      expected  ", expected),
    wrap("      seen      ", seen),
    wrap("      hint      ", hint),
    "",
  ].join("\n");
}
