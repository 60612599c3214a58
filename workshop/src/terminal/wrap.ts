import { columns } from "./columns.ts";

/** The most columns: wide enough for a projector, narrow enough for a terminal. */
const WIDTH = 80;

/**
 * Breaks text into lines.
 *
 * @param first what the first line begins with; the others begin with as many spaces
 * @param width of the longest line, in columns: by default 80, or the terminal's, if it has fewer
 */
export function wrap(first: string, text: string, width = Math.min(WIDTH, columns())): string {
  const room = width - first.length;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines
    .map((each, index) => (index === 0 ? first : " ".repeat(first.length)) + each)
    .join("\n");
}
