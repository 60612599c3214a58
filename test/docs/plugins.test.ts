import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { benchmark } from "docs/markdown/benchmark.ts";
import { diagram } from "docs/markdown/diagram.ts";
import { difference } from "docs/markdown/difference.ts";
import { facts } from "docs/markdown/facts.ts";
import { functions } from "docs/markdown/functions.ts";
import { glossary } from "docs/markdown/glossary.ts";
import { notes } from "docs/markdown/notes.ts";
import { predict } from "docs/markdown/predict.ts";
import { processTree } from "docs/markdown/process-tree.ts";
import { region } from "docs/markdown/region.ts";
import { transcript } from "docs/markdown/transcript.ts";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { stages } from "workshop/stages";

const FIXTURES = path.join(import.meta.dirname, "fixtures");
const SOURCES = "test/docs/fixtures/sources";

const plugins: Record<string, (md: MarkdownIt) => void> = {
  benchmark: (md) => benchmark(md, `${SOURCES}/benchmark.json`),
  diagram,
  difference,
  facts,
  functions,
  glossary: (md) => glossary(md, `${SOURCES}/glossary.md`),
  notes,
  predict,
  "process-tree": processTree,
  region,
  transcript,
};

describe.for(Object.keys(plugins).filter((plugin) => plugin !== "facts"))(
  "the plugin %s",
  (plugin) => {
    const inputs = readdirSync(path.join(FIXTURES, plugin)).filter((file) => file.endsWith(".md"));

    it.for(inputs)("renders %s as its .html", async (input) => {
      const file = path.join(FIXTURES, plugin, input);
      const html = render(plugin, readFileSync(file, "utf8"));
      await expect(html).toMatchFileSnapshot(file.replace(/\.md$/, ".html"));
    });
  },
);

describe("the plugin facts", () => {
  it.for(stages.map(({ name }, number) => [name, number] as const))(
    "lists what check looks for in %s, as its record says: what is new, and what has to hold as before",
    ([name, number]) => {
      const html = render("facts", `\`\`\`facts ${name}\n\`\`\``);
      const lists = [...html.matchAll(/:(?:added|kept)="([^"]*)"/g)].map(([, list = ""]) =>
        JSON.parse(list.replaceAll("&quot;", '"')),
      );
      const [added, kept] = lists;
      expect(html).toContain(`<FactList stage="${name}"`);
      expect([...added, ...kept].sort()).toEqual(stages[number]?.facts.map(titleOf).sort());
      const before = stages[number - 1]?.facts.map(titleOf) ?? [];
      expect(added.filter((title: string) => before.includes(title))).toEqual([]);
      expect(kept.filter((title: string) => !before.includes(title))).toEqual([]);
    },
  );
});

const titleOf = ({ title }: { title: string }) => title;

describe("what is missing ends the build:", () => {
  it.for([
    ["region", `\`\`\`ts source=${SOURCES}/before/src/main.ts#none\n\`\`\``, "no such region"],
    ["region", `\`\`\`ts source=${SOURCES}/none.ts#greet\n\`\`\``, "ENOENT"],
    ["region", `\`\`\`ts source=${SOURCES}/box.svg#dispatch\n\`\`\``, "no such region"],
    ["difference", `\`\`\`ts from=${SOURCES}/none.ts to=${SOURCES}/none.ts\n\`\`\``, "ENOENT"],
    [
      "difference",
      `\`\`\`ts from=${SOURCES}/after/src/main.ts to=${SOURCES}/after/src/main.ts\n\`\`\``,
      "do not differ",
    ],
    [
      "region",
      `\`\`\`ts source=${SOURCES}/before/src/main.ts#greet lines="none"\n\`\`\``,
      'no lines "none"',
    ],
    ["predict", "::: predict\nno question\n:::", "has no question"],
    ["facts", "```facts 99-none\n```", "no stage 99-none"],
    ["functions", "```functions\nnone\n```", "declares no none"],
    ["notes", "::: notes\nnever closed", 'has no ":::"'],
    ["benchmark", "```benchmark none\n```", "no such part"],
    ["diagram", `![none](${SOURCES}/none.svg)`, "ENOENT"],
  ] as const)("%s with %j", ([plugin, source, message]) => {
    expect(() => render(plugin, source)).toThrow(message);
  });
});

function render(plugin: string, source: string): string {
  const md = new MarkdownIt({ html: true });
  plugins[plugin]?.(md);
  return md.render(source, { relativePath: "page.md" });
}
