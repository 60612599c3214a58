/** Values that a page names, such as ‹pid:1923›, and what they were in this run. */
export type Names = Map<string, string>;

const MARK = /‹(?:([a-z]+):)?([^›]*)›/g;

/**
 * Compares an answer with the one in the page.
 *
 * @param expected the page's lines: ‹1557› varies, … is any text, ⋮ any number of lines
 * @param actual what was printed
 * @param names known values; those that are seen for the first time are added
 * @returns whether they agree
 */
export function matches(expected: readonly string[], actual: string, names: Names): boolean {
  const captured = new Set<string>();
  const pattern = expected.map((line) => linePattern(line, names, captured)).join("");
  const match = new RegExp(`^${pattern}$`).exec(normalise(actual));
  for (const name of captured) {
    const value = match?.groups?.[name];
    if (value !== undefined) names.set(name, value);
  }
  return match !== null;
}

/** Puts the values of this run into a command of the page. */
export function fillIn(command: string, names: Names): string {
  return command.replace(MARK, (mark, name) => {
    const value = names.get(name);
    if (value === undefined) throw new Error(`${mark}: no answer before this has that value`);
    return value;
  });
}

function linePattern(line: string, names: Names, captured: Set<string>): string {
  if (line.trim() === "⋮") return "(?:.*\\n)*?";
  let pattern = "";
  let done = 0;
  const text = normalise(line).trimEnd();
  for (const { index, 0: mark, 1: name, 2: example = "" } of text.matchAll(MARK)) {
    pattern += literal(text.slice(done, index)) + markPattern(name, example, names, captured);
    done = index + mark.length;
  }
  return `${pattern}${literal(text.slice(done))}\\n`;
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

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replaceAll("…", ".*?");
}

/** Evens out spaces: columns are as wide as their longest value, so only the gaps count. */
function normalise(text: string): string {
  return text
    .replace(/^[ \t]+/gm, "")
    .replace(/[ \t]+/g, " ")
    .replace(/ $/gm, "");
}
