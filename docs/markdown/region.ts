import type MarkdownIt from "markdown-it";
import { attributesOf, readSource } from "./source-file.ts";

interface Region {
  /** The number of its first line in the file, from 1. */
  start: number;
  lines: string[];
}

/**
 * Fills an empty fence with a part of a real file:
 *
 * ```ts source=steps/01-uts/src/main.ts#run
 * ```
 *
 * After the # is what the part declares: a function, a constant, an interface. `dispatch` is the
 * code before the first function. Without a #, it is the whole file.
 */
export function region(md: MarkdownIt): void {
  md.core.ruler.push("region", ({ tokens, env, Token }) => {
    for (const [index, token] of [...tokens.entries()].reverse()) {
      const { source } = attributesOf(token.info);
      if (token.type !== "fence" || source === undefined) continue;
      const [file = "", name] = source.split("#");
      const { start, lines } = findRegion(readSource(file, env), name, source);
      token.info = token.info.split(" ")[0] ?? "";
      token.content = `${lines.join("\n")}\n`;

      const caption = new Token("html_block", "", 0);
      const place = `lines ${start} to ${start + lines.length - 1}`;
      caption.content = `<p class="source">${file}, ${place}</p>\n`;
      tokens.splice(index, 0, caption);
    }
  });
}

function findRegion(text: string, name: string | undefined, source: string): Region {
  const lines = text.trimEnd().split("\n");
  const found = name === undefined ? [0, lines.length] : findNamed(lines, name);
  if (found === undefined) throw new Error(`${source}: no such region in the file`);
  const [from, to] = found as [number, number];
  return { start: from + 1, lines: trimBlank(lines.slice(from, to)) };
}

function findNamed(lines: string[], name: string): [number, number] | undefined {
  if (name === "dispatch") return findDispatch(lines);
  const words = `(export )?(async )?(function|class|interface|type|const|let) ${name}\\b`;
  const declaration = lines.findIndex((line) => new RegExp(`^${words}`).test(line));
  if (declaration === -1) return undefined;
  return [startOfComment(lines, declaration), endOfStatement(lines, declaration)];
}

/** Finds the lines from the first statement after imports and constants to the first function. */
function findDispatch(lines: string[]): [number, number] | undefined {
  const from = lines.indexOf("oneLineErrors();");
  const to = lines.findIndex((line) => /^(export )?(async )?function /.test(line));
  return from === -1 || to === -1 ? undefined : [from, startOfComment(lines, to)];
}

/** Finds the end of a statement: in formatted code, what closes it is in the first column. */
function endOfStatement(lines: string[], start: number): number {
  if (/;$/.test(lines[start] ?? "")) return start + 1;
  return lines.findIndex((line, index) => index > start && /^[}\])]/.test(line)) + 1;
}

function startOfComment(lines: string[], declaration: number): number {
  let start = declaration;
  while (/^(\/\*\*| \*|\/\/)/.test(lines[start - 1] ?? "")) start -= 1;
  return start;
}

function trimBlank(lines: string[]): string[] {
  return lines.join("\n").trimEnd().split("\n");
}
