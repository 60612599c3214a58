import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import MarkdownIt from "markdown-it";

const PATTERNS = [
  "docs/*.md",
  "docs/markdown/README.md",
  "*.md",
  "*/README.md",
  "steps/*/README.md",
];

/** The texts that people read: the pages, and all that explains the project. */
export const readings = globSync(PATTERNS, { cwd: repo })
  .filter((file) => !file.startsWith("node_modules"))
  .sort();

/** A paragraph, a heading, an item or a cell of a Markdown text: its words, without blocks of code. */
export interface Paragraph {
  /** Its place: "docs/lab.md:12". */
  place: string;
  text: string;
}

const BLOCKS = /^::: .*$|^:::$|<\/?[A-Z]\w*[^>]*>/gm;

/** Lists the paragraphs of a file. A piece of code in a sentence becomes one word: "code". */
export function paragraphsOf(file: string): Paragraph[] {
  const text = readFileSync(path.join(repo, file), "utf8");
  const withoutFrontMatter = text.replace(/^---\n[\s\S]*?\n---\n/, (front) =>
    front.replaceAll(/[^\n]/g, ""),
  );
  // The question of a prediction is a sentence like any other
  const plain = withoutFrontMatter
    .replaceAll(/^::: predict (.*)$/gm, "$1\n")
    .replaceAll(BLOCKS, (block) => block.replaceAll(/[^\n]/g, ""));
  return new MarkdownIt({ html: true }).parse(plain, {}).flatMap((token) => {
    if (token.type !== "inline" || token.children === null) return [];
    const words = token.children.map(({ type, content }) =>
      type === "text"
        ? content
        : type === "code_inline"
          ? "code"
          : type.endsWith("break")
            ? " "
            : "",
    );
    return [{ place: `${file}:${(token.map?.[0] ?? 0) + 1}`, text: words.join("") }];
  });
}

/** Cuts a paragraph into its sentences. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]["')]?) +(?=["'(]?[A-Zc\d])/);
}

/** Counts the words of a sentence. */
export function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;
}
