import { readFileSync } from "node:fs";
import path from "node:path";
import { stageFolder } from "host";
import { expect, it } from "vitest";
import { starterOf } from "workshop/practice/starter";
import { stages } from "workshop/stages";
import { openClass } from "./open-class.ts";

/** Returns the names that some code imports from shared-native, without its constants and types. */
function functionsIn(code: string): string[] {
  const [, names = ""] = /^import \{([^}]*)\} from "shared-native";$/m.exec(code) ?? [];
  return names.replaceAll(/\btype \w+/g, "").match(/\b[a-z]\w+/g) ?? [];
}

it.each(stages)("the starter of $name names the functions that it needs, a line each", (stage) => {
  const starter = starterOf(stage);
  const ours = readFileSync(path.join(stageFolder(stage.name), "src/main.ts"), "utf8");
  const needed = functionsIn(ours).filter((name) => !functionsIn(starter).includes(name));
  const comment = starter.slice(0, starter.indexOf("\nimport "));
  const named = [...comment.matchAll(/^\/\/ - (\w+)\(\): [A-Z]/gm)].map(([, name]) => name);
  expect(named).toEqual(expect.arrayContaining(needed));
  if (stage.startsEmptied)
    expect(named).toContain("launch"); // its code imports them from the start
  else expect(named).toEqual(needed);
});

it("the starter of 03 knows where ubuntu-fs is, and compiles", async () => {
  const { shell, workshop } = await openClass();
  await workshop("practice", "03");
  const code = await shell("cat practice/03-pid-mnt-chroot/src/main.ts");
  expect(code.stdout).toMatch(/^const UBUNTU_FS = /m);
  await shell('echo "console.error(UBUNTU_FS);" >> practice/03-pid-mnt-chroot/src/main.ts');
  expect(await shell("pnpm --dir test exec tsc --project ../practice")).toMatchObject({
    status: 0,
  });
  const started = await shell("pnpm --silent --filter practice-03 start true");
  expect(started.stderr).toMatch(/^\/.*\/ubuntu-fs$/m);
});

it("what is next when all stages are done can be typed", async () => {
  const { shell, workshop } = await openClass();
  const done = stages.map(({ name }) => [name, { passed: "2026-01-01T00:00:00.000Z" }]);
  const progress = JSON.stringify(Object.fromEntries(done));
  await shell(`echo '${progress}' > practice/progress.json`);
  const [, script] =
    / {2}All are done\. Read on: pnpm run (\S+)$/m.exec((await workshop()).stdout) ?? [];
  expect(Object.keys(JSON.parse((await shell("cat package.json")).stdout).scripts)).toContain(
    script,
  );
});
