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
 * code before the first function. Without a #, it is the whole file. The few lines that are the
 * lesson are shown large, from the one that contains a text to the one that contains another:
 * `lines="chroot( … mount("`, or `lines="cloneflags:"` for one line.
 */
export function region(md: MarkdownIt): void {
  md.core.ruler.push("region", ({ tokens, env, Token }) => {
    for (const [index, token] of [...tokens.entries()].reverse()) {
      const { source, lines: part } = attributesOf(token.info);
      if (token.type !== "fence" || source === undefined) continue;
      const [file = "", name] = source.split("#");
      const whole = findRegion(readSource(file, env), name, source);
      const { start, lines } = part === undefined ? whole : findLines(whole, part, source);
      token.info = token.info.split(" ")[0] ?? "";
      token.content = `${lines.join("\n")}\n`;

      const end = start + lines.length - 1;
      const place = end === start ? `line ${start}` : `lines ${start} to ${end}`;
      const caption = new Token("html_block", "", 0);
      caption.content = `<p class="source">${file}, ${place}</p>\n`;
      tokens.splice(index, 0, caption);
      if (part === undefined) continue;
      caption.content = `<div class="lesson">\n${caption.content}`;
      const close = new Token("html_block", "", 0);
      close.content = "</div>\n";
      tokens.splice(index + 2, 0, close);
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

/** Finds the lines between two texts, and moves them to the left. */
function findLines({ start, lines }: Region, part: string, source: string): Region {
  const [first = "", last = first] = part.split(" … ");
  const from = lines.findIndex((line) => line.includes(first));
  const to = lines.findIndex((line, index) => index >= from && line.includes(last));
  if (from === -1 || to === -1) throw new Error(`${source}: no lines "${part}" in the region`);
  const found = lines.slice(from, to + 1);
  const indent = Math.min(...found.filter(Boolean).map((line) => line.search(/\S/)));
  return { start: start + from, lines: found.map((line) => line.slice(indent)) };
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
  // "): string {" closes and opens
  const closes = /^[}\])](?!.*[{([]$)/;
  return lines.findIndex((line, index) => index > start && closes.test(line)) + 1;
}

function startOfComment(lines: string[], declaration: number): number {
  let start = declaration;
  while (/^(\/\*\*| \*|\/\/)/.test(lines[start - 1] ?? "")) start -= 1;
  return start;
}

function trimBlank(lines: string[]): string[] {
  return lines.join("\n").trimEnd().split("\n");
}
