import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { attributesOf } from "docs/markdown/source-file.ts";
import { type Entry, type Place, parseTranscript } from "docs/markdown/transcript/parse.ts";
import { repo } from "host";

export const docs = path.join(repo, "docs");

/** The pages' file names. */
export const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));

/** A `console` block of a page. */
export interface Block {
  /** "01-uts-2": the second block of the page 01-uts. */
  name: string;
  /** Its place: "docs/01-uts.md:31". */
  place: string;
  terminal: string;
  /** The reason why it cannot be run, or undefined if it can. */
  reason: string | undefined;
  /** The engine that it needs, which is in the lab only: "docker". */
  needs: string | undefined;
  /** Says that it is there for the tests alone: the page does not show it. */
  isHidden: boolean;
  content: string;
  entries: Entry[];
}

/** Lists the `console` blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(path.join(docs, page), "utf8");
  const fences = [...text.matchAll(/^```console *(.*)\n([\s\S]*?)^```$/gm)];
  return fences.map(({ index, 1: info = "", 2: content = "" }, number) => {
    const { terminal = "1", reason, needs, hidden, in: place } = attributesOf(info);
    const line = text.slice(0, index).split("\n").length;
    return {
      name: `${page.replace(/\.md$/, "")}-${number + 1}`,
      place: `docs/${page}:${line}`,
      terminal,
      reason,
      needs,
      isHidden: hidden !== undefined,
      content,
      entries: parseTranscript(content, place as Place | undefined),
    };
  });
}
