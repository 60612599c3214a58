import type MarkdownIt from "markdown-it";
import { addBlock } from "./block.ts";

/**
 * Hides what a teacher says, written where it is said, until the reader asks for it:
 *
 * ::: notes
 * Let them guess first.
 * :::
 */
export function notes(md: MarkdownIt): void {
  addBlock(md, "notes", () => [
    '<div class="speaker-notes" role="note"><p class="speaker-notes-title">Speaker notes</p>',
    "</div>",
  ]);
}
