import { readFileSync } from "node:fs";
import path from "node:path";
import { region } from "docs/markdown/region.ts";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { stages as all, containerStages } from "workshop/stages";
import { PARTS, part, trials } from "./pages/stage-page.ts";
import { docs, pages } from "./transcripts/blocks.ts";

const texts = new Map(pages.map((page) => [page, readFileSync(path.join(docs, page), "utf8")]));
const text = (page: string) => texts.get(page) ?? "";

/** The stages that students write. test/workshop/stages.test.ts checks that all of them have a page. */
const stages = all.map(({ name }) => name);

/** Tells whether a stage starts a container by itself, and its code is that of the one before, changed. */
const isContainer = (stage: string) => containerStages.some(({ name }) => name === stage);

describe("the page", () => {
  it.for(stages)("of stage %s goes in the order of learning", (stage) => {
    const page = text(`${stage}.md`);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(PARTS);
    const tree = isContainer(stage) ? `\\n\\n\`\`\`process-tree ${stage}\\n\`\`\`` : "";
    expect(page.split("\n## ")[0]).toMatch(new RegExp(`^\\*\\*Goal:\\*\\* .+\\.${tree}$`, "m"));
    expect(part(page, "The idea")).toMatch(/!\[.+\]\(docs\/diagrams\/.+\.svg\)/);
    expect(page).toContain("::: notes");
  });

  it.for(stages)("of stage %s asks for a prediction before each run", (stage) => {
    const page = text(`${stage}.md`);
    for (const trial of trials(page)) {
      expect(trial.indexOf("::: predict"), trial).toBeGreaterThan(-1);
      expect(trial.indexOf("::: predict"), trial).toBeLessThan(trial.indexOf("```console"));
    }
    expect(trials(page).length).toBeGreaterThanOrEqual(3);
  });

  it.for(["first-things", "where-chroot-ends", "node-cannot-fork"])(
    "of %s asks for a prediction before each run, too",
    (name) => {
      const parts = text(`${name}.md`).split(/^##+ /m);
      for (const run of parts.filter((part) => part.includes("```console"))) {
        expect(run).toMatch(/::: predict[\s\S]*```console/);
      }
    },
  );

  it.for(stages)("of stage %s leaves the code to the reader first: facts, functions", (stage) => {
    const page = text(`${stage}.md`);
    const number = stage.slice(0, 2);
    const turn = part(page, "Your turn");
    for (const wanted of [
      `pnpm workshop practice ${number}\n`,
      `pnpm workshop check ${number} --watch\n`,
      `\`\`\`facts ${stage}\n`,
      "```functions\n",
    ]) {
      expect(turn).toContain(wanted);
    }
    const [before = ""] = page.split("\n## The solution\n");
    expect(before).not.toMatch(/source=steps|from=steps/);
  });

  it.for(stages)(
    "of stage %s folds the solution: few lines large, the whole file below",
    (stage) => {
      const page = text(`${stage}.md`);
      const solution = part(page, "The solution");
      expect(solution.trim()).toMatch(
        new RegExp(`^<Solution stage="${stage}">[\\s\\S]*</Solution>$`),
      );
      const [lesson = "", rest = ""] = solution.split("### What a runtime also has to do");
      expect(lesson).toMatch(new RegExp(`source=steps/${stage}/src/main.ts#\\w+ lines="`));
      expect(lesson).not.toMatch(/from=steps|import \{/);
      expect(rest).toContain(`source=steps/${stage}/src/main.ts\n`);
      const before = stages[stages.indexOf(stage) - 1];
      if (before && isContainer(stage)) {
        expect(rest).toContain(`from=steps/${before}/src/main.ts to=steps/${stage}/src/main.ts`);
      }
      for (const lines of lessonsOf(lesson)) expect(lines).toBeLessThanOrEqual(12);
    },
  );

  it.for(stages)("of stage %s has exercises with folded solutions that are run", (stage) => {
    const [, ...exercises] = part(text(`${stage}.md`), "Exercises").split(/^\*\*\d\. /m);
    expect(exercises.length).toBeGreaterThanOrEqual(3);
    for (const exercise of exercises) {
      expect(exercise).toMatch(/::: details Solution\n[\s\S]*^```console(?! reason)[\s\S]*^:::$/m);
    }
    const questions = part(text(`${stage}.md`), "Questions");
    expect(questions.match(/^[123]\. /gm)).toHaveLength(6);
  });

  it("show the later stages at the end of the fifth page, and not before", () => {
    for (const page of stages.filter((stage) => stage < "06").map((stage) => `${stage}.md`)) {
      const shown = text(page).replace(part(text("05-cgroups.md"), "What is still wrong"), "");
      expect(shown, page).not.toMatch(/stage(?:s)? (?:0?[6-9]|1\d)|more stages/i);
    }
  });
});

/** Counts the lines of each piece of code that a text shows large. */
function lessonsOf(lesson: string): number[] {
  const md = new MarkdownIt().use(region);
  const tokens = md.parse(lesson, {});
  return tokens
    .filter(({ type }) => type === "fence")
    .map(({ content }) => content.trimEnd().split("\n").length);
}
