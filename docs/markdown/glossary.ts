import type MarkdownIt from "markdown-it";
import { readSource } from "./source-file.ts";

interface Term {
  /** Matches the words that mean it. */
  words: RegExp;
  id: string;
}

/**
 * Links the first use of each of the glossary's terms on a page to its entry. The entries are the
 * headings of the glossary: "## cgroup, control group {#cgroup}".
 *
 * @param md the parser
 * @param file the glossary, from the root of the repo
 */
export function glossary(md: MarkdownIt, file: string): void {
  const terms = readTerms(readSource(file, {}));
  const page = file.split("/").at(-1);

  md.core.ruler.push("glossary", ({ tokens, env, Token }) => {
    if (env.relativePath === page || env.isWithoutTerms) return;
    const left = new Set(terms);
    for (const [index, block] of tokens.entries()) {
      const inHeading = tokens[index - 1]?.type === "heading_open";
      if (block.type !== "inline" || block.children === null || inHeading) continue;
      let links = 0;
      block.children = block.children.flatMap((token) => {
        links += { link_open: 1, link_close: -1 }[token.type] ?? 0;
        if (token.type !== "text" || links > 0) return [token];
        return linkTerms(token.content).map(({ text, id }) => {
          const part = new Token(id === undefined ? "text" : "html_inline", "", 0);
          part.content = id === undefined ? text : anchor(text, id);
          return part;
        });
      });
    }

    /** Cuts a text at the first term in it, and again what is left. */
    function linkTerms(text: string): { text: string; id?: string }[] {
      const found = [...left]
        .map((term) => ({ term, match: term.words.exec(text) }))
        .filter(({ match }) => match !== null)
        .sort((one, other) => (one.match?.index ?? 0) - (other.match?.index ?? 0))[0];
      if (!found?.match) return [{ text }];
      left.delete(found.term);
      const { index, 0: words } = found.match;
      return [
        { text: text.slice(0, index) },
        { text: words, id: found.term.id },
        ...linkTerms(text.slice(index + words.length)),
      ];
    }
  });

  function anchor(text: string, id: string): string {
    const target = page?.replace(".md", ".html");
    return `<a class="term" href="./${target}#${id}">${md.utils.escapeHtml(text)}</a>`;
  }
}

/** Reads the terms, longer ones first: "mount namespace" before "namespace". */
function readTerms(text: string): Term[] {
  const headings = [...text.matchAll(/^## (.+) \{#([\w-]+)\}$/gm)];
  return headings
    .flatMap(([, names = "", id = ""]) => names.split(", ").map((name) => ({ name, id })))
    .sort((one, other) => other.name.length - one.name.length)
    .map(({ name, id }) => ({ words: new RegExp(`(?<![\\w/-])${name}s?(?![\\w/-])`, "i"), id }));
}
