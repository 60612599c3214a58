import { type StructuredPatchHunk, structuredPatch } from "diff";
import type { Lesson } from "../practice/lesson.ts";
import { columns } from "./columns.ts";
import { paint } from "./paint.ts";
import { sideBySide } from "./side-by-side.ts";

/** The width from which there is room for two columns of code. */
const WIDE = 150;

/**
 * Returns how two lessons differ, but for spaces, in colour on a terminal: side by side on a wide one,
 * else as `diff -u` prints it; "" for not at all.
 */
export function difference(before: Lesson, after: Lesson): string {
  const hunks = hunksOf(before, after);
  if (hunks.length === 0) return "";
  const lines =
    columns() < WIDE
      ? unified(before.file, after.file, hunks)
      : sideBySide(before.file, after.file, hunks, columns());
  return lines.join("\n");
}

/** Returns what differs, with the line numbers of the files. */
function hunksOf(before: Lesson, after: Lesson): StructuredPatchHunk[] {
  const options = { context: 3, ignoreWhitespace: true };
  const { hunks } = structuredPatch("", "", before.code, after.code, "", "", options);
  return hunks.map((hunk) => ({
    ...hunk,
    oldStart: hunk.oldStart + before.firstLine - 1,
    newStart: hunk.newStart + after.firstLine - 1,
  }));
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
