import type MarkdownIt from "markdown-it";
import { benchmark } from "./benchmark.ts";
import { diagram } from "./diagram.ts";
import { difference } from "./difference.ts";
import { glossary } from "./glossary.ts";
import { notes } from "./notes.ts";
import { region } from "./region.ts";
import { transcript } from "./transcript.ts";

/** Adds to VitePress what the pages of the course need and it cannot do by itself. */
export function plugins(md: MarkdownIt): void {
  md.use(region).use(difference).use(transcript).use(notes).use(diagram);
  md.use(glossary, "docs/glossary.md").use(benchmark, "bench/results.json");
}
