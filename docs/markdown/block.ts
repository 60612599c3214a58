import type MarkdownIt from "markdown-it";

/** Renders what stands before and after the content of a block, from the words behind its name. */
type Frame = (words: string, env: object) => [before: string, after: string];

/**
 * Adds a block to the pages' language. Its content is Markdown, and it holds no other block:
 *
 * ::: name some words
 * The content.
 * :::
 */
export function addBlock(md: MarkdownIt, name: string, frame: Frame): void {
  md.block.ruler.before("fence", name, (state, startLine, endLine, silent) => {
    const opening = new RegExp(`^::: ${name}(?: (.+))?$`).exec(lineAt(startLine));
    if (opening === null) return false;
    let end = startLine + 1;
    while (end < endLine && lineAt(end) !== ":::") end += 1;
    if (end === endLine) throw new Error(`line ${startLine + 1}: "::: ${name}" has no ":::"`);
    if (silent) return true;

    const [before, after] = frame(opening[1] ?? "", state.env);
    state.push("html_block", "", 0).content = `${before}\n`;
    state.md.block.tokenize(state, startLine + 1, end);
    state.push("html_block", "", 0).content = `${after}\n`;
    state.line = end + 1;
    return true;

    function lineAt(line: number): string {
      const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
      return state.src.slice(start, state.eMarks[line]).trimEnd();
    }
  });
}
