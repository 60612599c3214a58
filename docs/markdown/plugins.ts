import type MarkdownIt from "markdown-it";
import { benchmark } from "./benchmark.ts";
import { diagram } from "./diagram.ts";
import { difference } from "./difference.ts";
import { facts } from "./facts.ts";
import { functions } from "./functions.ts";
import { glossary } from "./glossary.ts";
import { notes } from "./notes.ts";
import { predict } from "./predict.ts";
import { processTree } from "./process-tree.ts";
import { region } from "./region.ts";
import { transcript } from "./transcript.ts";

/** Adds to VitePress what the pages of the course need and it cannot do by itself. */
export function plugins(md: MarkdownIt): void {
  md.use(region).use(difference).use(transcript).use(notes).use(predict);
  md.use(facts).use(functions).use(diagram).use(processTree);
  md.use(glossary, "docs/glossary.md").use(benchmark, "bench/results.json");
}
