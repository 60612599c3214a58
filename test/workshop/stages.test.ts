import { readdirSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";
import { stages } from "workshop/stages";

it("each stage has a folder, a record that is in the list, and a page", () => {
  const names = stages.map(({ name }) => name);
  expect({
    folders: stagesIn("steps"),
    records: stagesIn("workshop/src/stages"),
    pages: stagesIn("docs"),
  }).toEqual({ folders: names, records: names, pages: names });
});

/** Lists what a folder has of the stages: "05-cgroups" for the folder, 05-cgroups.ts or 05-cgroups.md. */
function stagesIn(folder: string): string[] {
  const names = readdirSync(path.join(repo, folder)).filter((name) => /^\d\d-/.test(name));
  return names.map((name) => path.parse(name).name).sort();
}
