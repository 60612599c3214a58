import type MarkdownIt from "markdown-it";

/**
 * Hides what a teacher says, written where it is said, until the reader asks for it:
 *
 * ::: notes
 * Let them guess first.
 * :::
 */
export function notes(md: MarkdownIt): void {
  md.block.ruler.before("fence", "notes", (state, startLine, endLine, silent) => {
    if (lineAt(startLine) !== "::: notes") return false;
    let end = startLine + 1;
    while (end < endLine && lineAt(end) !== ":::") end += 1;
    if (end === endLine) throw new Error(`line ${startLine + 1}: "::: notes" has no ":::"`);
    if (silent) return true;

    state.push("html_block", "", 0).content =
      '<div class="speaker-notes" role="note"><p class="speaker-notes-title">Speaker notes</p>\n';
    state.md.block.tokenize(state, startLine + 1, end);
    state.push("html_block", "", 0).content = "</div>\n";
    state.line = end + 1;
    return true;

    function lineAt(line: number): string {
      const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
      return state.src.slice(start, state.eMarks[line]).trimEnd();
    }
  });
}
