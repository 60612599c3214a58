import type MarkdownIt from "markdown-it";
import { addBlock } from "./block.ts";

/**
 * Asks the reader for a guess before a run, and folds the answer away:
 *
 * ::: predict What does `hostname` print?
 * The name of the host.
 * :::
 */
export function predict(md: MarkdownIt): void {
  addBlock(md, "predict", (question, env) => {
    if (question === "") throw new Error('"::: predict" has no question');
    // What is clicked to open the fold has no links in it
    const summary = `<strong>Predict.</strong> ${md.renderInline(question, { ...env, isWithoutTerms: true })}`;
    return [`<details class="predict"><summary>${summary}</summary>`, "</details>"];
  });
}
