import { existsSync, globSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";
import { READ, stages } from "workshop/stages";

it("each stage has a folder, a record that is in the list, and a page", () => {
  const listed = stages.map(({ name }) => name);
  const parts = globSync("{steps,workshop/src/stages,docs}/[0-9][0-9]-*", { cwd: repo });
  const names = new Set([...listed, ...READ, ...parts.map((part) => path.parse(part).name)]);
  const missing = [...names].flatMap((name) => {
    const files = [`steps/${name}/src/main.ts`, `docs/${name}.md`];
    const record = READ.includes(name) ? [] : [`workshop/src/stages/${name}.ts`];
    return [
      ...[...files, ...record].filter((file) => !existsSync(path.join(repo, file))),
      ...(listed.includes(name) || READ.includes(name)
        ? []
        : [`${name} in workshop/src/stages/index.ts`]),
    ];
  });
  expect(missing).toEqual([]);
  expect(listed.filter((name) => READ.includes(name))).toEqual([]);
  expect(listed).toEqual([...listed].sort());
});
