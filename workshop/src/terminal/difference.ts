import { type StructuredPatchHunk, structuredPatch } from "diff";
import { paint } from "./paint.ts";
import { sideBySide } from "./side-by-side.ts";

/** The width from which there is room for two columns of code. */
const WIDE = 150;

/**
 * Returns the difference of two texts, in colour on a terminal: side by side on a wide one, else as
 * `diff -u` prints it; "" for none.
 */
export function difference(
  beforeName: string,
  before: string,
  afterName: string,
  after: string,
): string {
  const { hunks } = structuredPatch(beforeName, afterName, before, after, "", "", { context: 3 });
  if (hunks.length === 0) return "";
  const width = process.stdout.columns ?? 80;
  const lines =
    width < WIDE
      ? unified(beforeName, afterName, hunks)
      : sideBySide(beforeName, afterName, hunks, width);
  return lines.join("\n");
}

function unified(beforeName: string, afterName: string, hunks: StructuredPatchHunk[]): string[] {
  return [
    paint("red", `--- ${beforeName}`),
    paint("green", `+++ ${afterName}`),
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      paint("cyan", `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
      ...lines.map(paintLine),
    ]),
  ];
}

function paintLine(line: string): string {
  if (line.startsWith("+")) return paint("green", line);
  if (line.startsWith("-")) return paint("red", line);
  return line;
}
