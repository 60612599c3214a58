import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { describe, expect, it } from "vitest";

const DOORS = ["linux", "linux-without-root", "mac", "windows"];
const read = (file: string) => readFileSync(path.join(repo, file), "utf8");

describe.each(DOORS)("the door of %s", (door) => {
  const page = read(`docs/${door}.md`);
  const steps = page.split(/^(?=\d+\. \*\*)/m).slice(1);

  it("is one numbered path, from the repo to doctor", () => {
    expect(steps.length).toBeGreaterThanOrEqual(5);
    for (const [index, step] of steps.entries()) expect(step).toMatch(RegExp(`^${index + 1}\\. `));
    expect(steps[0]).toMatch(/^1\. \*\*Get the repo\*\*.*\bzip\b[\s\S]*\bgit clone\b/);
    expect(steps.at(-1)).toContain("pnpm workshop doctor\n");
    expect(page).toContain("Go on with [stage 1](./01-uts.md)");
  });

  it("says what it costs, and what was tried, as the start page does", () => {
    const [, megabytes, minutes] =
      /\*\*It takes (.+? MB) of downloads, (.+? minutes)/.exec(page) ?? [];
    const [, card = ""] =
      RegExp(`^- .*\\]\\(\\./${door}\\.md\\)\\*\\* (.*)$`, "m").exec(read("docs/index.md")) ?? [];
    const [cost, tried] = card.split(". ");
    expect(cost?.replace("About", "about")).toBe(`${megabytes}, ${minutes}`);
    expect(page).toMatch(
      tried === "Not tried." ? /this was not tried\./ : /Debian 12 on x86-64 was tried/,
    );
  });

  it("needs no other door, and no file that is not there", () => {
    for (const other of DOORS) expect(page).not.toContain(`(./${other}.md`);
    for (const [file] of page.matchAll(/\blab\/[\w.-]+\w/g)) {
      expect(existsSync(path.join(repo, file)), file).toBe(true);
    }
  });
});
