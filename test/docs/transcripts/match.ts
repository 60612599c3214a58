/** Values that a page names, such as ‹pid:1923›, and what they were in this run. */
export type Names = Map<string, string>;

const MARK = /‹(?:([a-z]+):)?([^›]*)›/g;

/**
 * Compares an answer with the one in the page.
 *
 * @param expected the page's lines: ‹1557› varies, … is any text, ⋮ any number of lines
 * @param actual what was printed
 * @param names known values; those that are seen for the first time are added
 * @returns what was printed, with the page's examples for the values that vary; undefined if the two
 *   do not agree
 */
export function match(
  expected: readonly string[],
  actual: string,
  names: Names,
): string | undefined {
  const captured = new Set<string>();
  const pattern = expected.map((line, index) => linePattern(line, index, names, captured)).join("");
  const { groups, indices } = new RegExp(`^${pattern}$`, "d").exec(actual) ?? {};
  if (indices === undefined) return undefined;
  for (const name of captured) names.set(name, groups?.[name] ?? "");
  return expected
    .map((line, index) => withExamples(line, index, actual, indices.groups ?? {}))
    .join("");
}

function linePattern(line: string, index: number, names: Names, captured: Set<string>): string {
  if (line.trim() === "⋮") return `(?<line${index}>(?:.*\\n)*?)`;
  let pattern = "";
  let done = 0;
  const text = line.trim();
  for (const [number, mark] of [...text.matchAll(MARK)].entries()) {
    const [whole, name, example = ""] = mark;
    const value = markPattern(name, example, names, captured);
    pattern += `${literal(text.slice(done, mark.index))}(?<line${index}mark${number}>${value})`;
    done = mark.index + whole.length;
  }
  return `(?<line${index}>[ \\t]*${pattern}${literal(text.slice(done))}[ \\t]*\\n)`;
}

function markPattern(
  name: string | undefined,
  example: string,
  names: Names,
  captured: Set<string>,
): string {
  const known = name === undefined ? undefined : names.get(name);
  if (known !== undefined) return literal(known);
  const value = likeExample(example);
  if (name === undefined) return value;
  if (captured.has(name)) return `\\k<${name}>`;
  captured.add(name);
  return `(?<${name}>${value})`;
}

function likeExample(example: string): string {
  if (/^\d+$/.test(example)) return "\\d+";
  if (/^\S+$/.test(example)) return "\\S+";
  return ".+?";
}

/** Columns are as wide as their longest value, so of spaces only the gaps count. */
function literal(text: string): string {
  return text
    .replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")
    .replaceAll("…", ".*?")
    .replaceAll(/[ \t]+/g, "[ \\t]+");
}

/** Returns a line of the page, or if that leaves something out, what was printed for it. */
function withExamples(
  line: string,
  index: number,
  actual: string,
  places: Record<string, [start: number, end: number]>,
): string {
  if (!/[…⋮]/.test(line)) return `${line.replace(MARK, "$2")}\n`;
  const [start = 0, end = 0] = places[`line${index}`] ?? [];
  let text = "";
  let done = start;
  for (const [number, [, , example]] of [...line.matchAll(MARK)].entries()) {
    const [from, to] = places[`line${index}mark${number}`] ?? [done, done];
    text += actual.slice(done, from) + example;
    done = to;
  }
  return text + actual.slice(done, end);
}
