import type { StructuredPatchHunk } from "diff";
import { paint } from "./paint.ts";

/** A line of one column: of the old text on the left, or the new one on the right. */
interface Cell {
  text: string;
  changed: boolean;
}

const EMPTY: Cell = { text: "", changed: false };

/**
 * Returns the lines of two texts that differ, with some around them, in two columns.
 *
 * @param width of the terminal, in columns
 */
export function sideBySide(
  leftName: string,
  rightName: string,
  hunks: readonly StructuredPatchHunk[],
  width: number,
): string[] {
  const column = Math.floor((width - 3) / 2);
  const title = paint("bold", leftName.padEnd(column + 3) + rightName);
  return [
    title,
    ...hunks.flatMap((hunk) => [
      paint("cyan", `${`line ${hunk.oldStart}`.padEnd(column + 3)}line ${hunk.newStart}`),
      ...rowsOf(hunk.lines).flatMap(([left, right]) => print(left, right, column)),
    ]),
  ];
}

/** Puts removed lines to the left of those that replace them. */
function rowsOf(lines: readonly string[]): [left: Cell, right: Cell][] {
  const rows: [Cell, Cell][] = [];
  let waiting = 0; // the first row whose right side waits for a "+": none, where rows end
  for (const line of lines) {
    const cell = { text: line.slice(1), changed: !line.startsWith(" ") };
    const row = rows[waiting];
    if (line.startsWith("-")) {
      rows.push([cell, EMPTY]);
    } else if (line.startsWith("+") && row !== undefined) {
      row[1] = cell;
      waiting += 1;
    } else {
      rows.push(line.startsWith("+") ? [EMPTY, cell] : [cell, cell]);
      waiting = rows.length;
    }
  }
  return rows;
}

/** Returns a row, on as many lines as its longer side needs. */
function print(left: Cell, right: Cell, column: number): string[] {
  const height = Math.max(1, Math.ceil(Math.max(left.text.length, right.text.length) / column));
  return Array.from({ length: height }, (_, i) => {
    const [one, other] = [left, right].map(({ text }) => text.slice(i * column, (i + 1) * column));
    const leftPart = (one ?? "").padEnd(column);
    return (
      (left.changed ? paint("red", leftPart) : leftPart) +
      (left.changed || right.changed ? " | " : "   ") +
      (right.changed ? paint("green", other ?? "") : other)
    );
  });
}
