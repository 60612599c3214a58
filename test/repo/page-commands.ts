import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { blocksOf, pages } from "../docs/transcripts/blocks.ts";

/** Pages whose code is the names of tests. */
const NAMES_OF_TESTS = ["docs/promises.md"];

/** Lists what the course and the README tell students to type, as verbs: each with a line that has it. */
export function verbsOfPages(): Map<string, string> {
  const verbs = new Map<string, string>();
  const add = (command: string) => {
    const verb = verbOf(command);
    if (verb !== undefined && !verbs.has(verb)) verbs.set(verb, command);
  };
  for (const page of pages) {
    for (const { entries } of blocksOf(page)) for (const { command } of entries) add(command);
  }
  const files = ["README.md", ...pages.map((page) => `docs/${page}`)];
  for (const file of files.filter((each) => !NAMES_OF_TESTS.includes(each))) {
    const text = readFileSync(path.join(repo, file), "utf8");
    for (const [, kind = "", lines = ""] of text.matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)) {
      if (kind === "" || kind === "sh") for (const line of lines.split("\n")) add(line);
    }
    for (const [, words = ""] of text.matchAll(/`(pnpm [^`\n]+)`/g)) add(words);
  }
  return verbs;
}

/**
 * Returns what a command of pnpm's does, without where and on what.
 *
 * @returns "start", "workshop check", "run docs"; undefined for another program
 */
export function verbOf(command: string): string | undefined {
  const option = String.raw`(?: -+(?:filter|dir|C) \S+| -\S+)*`;
  const verb = String.raw`(?: ((?:workshop|run) [a-z]+|[a-z][\w:-]*))?`;
  const [, found] = RegExp(`(?:^|\\s)(?:npx -y pnpm@12|pnpm)${option}${verb}`).exec(command) ?? [];
  return found;
}
