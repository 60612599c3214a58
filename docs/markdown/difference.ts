import path from "node:path";
import { structuredPatch } from "diff";
import type MarkdownIt from "markdown-it";
import { attributesOf, readSource } from "./source-file.ts";

/** VitePress colours the lines that end with these, and removes them. */
const MARKS: Record<string, string> = { "+": " // [!code ++]", "-": " // [!code --]", " ": "" };

/**
 * Fills an empty fence with the difference between two real files:
 *
 * ```ts from=steps/01-uts/src/main.ts to=steps/02-reexec/src/main.ts
 * ```
 *
 * The stages' names, which differ in their usage lines, count as the same, and so does code that is
 * only indented more or less than before.
 */
export function difference(md: MarkdownIt): void {
  md.core.ruler.push("difference", ({ tokens, env, Token }) => {
    for (const [index, token] of [...tokens.entries()].reverse()) {
      const { from, to } = attributesOf(token.info);
      if (token.type !== "fence" || from === undefined || to === undefined) continue;
      const before = readSource(from, env).replaceAll(stageOf(from), stageOf(to));
      token.info = token.info.split(" ")[0] ?? "";
      token.content = compare(before, readSource(to, env), `${from}..${to}`);

      const caption = new Token("html_block", "", 0);
      caption.content = `<p class="source">what ${stageOf(to)} changes in ${stageOf(from)}</p>\n`;
      tokens.splice(index, 0, caption);
    }
  });
}

function compare(before: string, after: string, what: string): string {
  const { hunks } = structuredPatch("", "", before, after, "", "", {
    context: 2,
    ignoreWhitespace: true,
  });
  if (hunks.length === 0) throw new Error(`${what}: the files do not differ`);
  const parts = hunks.map(({ lines }) =>
    lines.map((line) => line.slice(1) + MARKS[line[0] ?? " "]).join("\n"),
  );
  return `${parts.join("\n// …\n")}\n`;
}

/** Returns "02-reexec" for steps/02-reexec/src/main.ts. */
function stageOf(file: string): string {
  return path.basename(path.join(file, "../.."));
}
