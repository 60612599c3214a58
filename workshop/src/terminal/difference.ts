import { structuredPatch } from "diff";
import { paint } from "./paint.ts";

/** The difference of two texts as `diff -u` prints it, in colour on a terminal; "" for none. */
export function difference(
  beforeName: string,
  before: string,
  afterName: string,
  after: string,
): string {
  const { hunks } = structuredPatch(beforeName, afterName, before, after, "", "", { context: 3 });
  if (hunks.length === 0) return "";
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    paint("cyan", `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...lines.map(paintLine),
  ]);
  return [paint("red", `--- ${beforeName}`), paint("green", `+++ ${afterName}`), ...lines].join(
    "\n",
  );
}

function paintLine(line: string): string {
  if (line.startsWith("+")) return paint("green", line);
  if (line.startsWith("-")) return paint("red", line);
  return line;
}
