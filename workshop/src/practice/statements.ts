/**
 * Returns the lines of some statements, with the comments above them, and "…" for those in between.
 *
 * @param code is indented: that tells where a statement ends
 * @param beginnings of the statements
 */
export function statementsIn(code: string, beginnings: string[]): string[] {
  const lines = code.split("\n");
  const isShown = lines.map(() => false);
  for (const beginning of beginnings) {
    const start = lines.findIndex((line) => line.trimStart().startsWith(beginning));
    isShown.fill(true, firstOf(lines, start), endOf(lines, start));
  }
  return lines.flatMap((line, index) => {
    if (isShown[index]) return [line];
    return isShown[index - 1] && isShown.includes(true, index) ? ["…"] : [];
  });
}

/** Returns the number of the line with which the comment above a line begins. */
function firstOf(lines: string[], start: number): number {
  return /^\s*\/[/*]/.test(lines[start - 1] ?? "") ? firstOf(lines, start - 1) : start;
}

/** Returns the number of the line after a statement: what is in it is indented more, and its } is not. */
function endOf(lines: string[], start: number): number {
  const indent = indentOf(lines[start]);
  const isIn = (line = "end") => line === "" || indentOf(line) > indent || isEnd(line, indent);
  let end = start + 1;
  while (isIn(lines[end])) end += 1;
  while (lines[end - 1] === "") end -= 1;
  return end;
}

function isEnd(line: string, indent: number): boolean {
  return indentOf(line) === indent && /^\s*[)}\]]/.test(line);
}

function indentOf(line = ""): number {
  return line.length - line.trimStart().length;
}
