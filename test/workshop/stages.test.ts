import { existsSync, globSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";
import { stages } from "workshop/stages";

it("each stage has a folder, a record that is in the list, and a page", () => {
  const listed = stages.map(({ name }) => name);
  const parts = globSync("{steps,workshop/src/stages,docs}/[0-9][0-9]-*", { cwd: repo });
  const names = new Set([...listed, ...parts.map((part) => path.parse(part).name)]);
  const missing = [...names].flatMap((name) => {
    const files = [
      `steps/${name}/src/main.ts`,
      `docs/${name}.md`,
      `workshop/src/stages/${name}.ts`,
    ];
    return [
      ...files.filter((file) => !existsSync(path.join(repo, file))),
      ...(listed.includes(name) ? [] : [`${name} in workshop/src/stages/index.ts`]),
    ];
  });
  expect(missing).toEqual([]);
  expect(listed).toEqual([...listed].sort());
});
