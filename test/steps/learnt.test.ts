import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";

const LEARNT = path.join(repo, "learnt/src");
const FUNCTION = /^(?:\/\*\*(?:(?!\*\/).)*\*\/\n)?(?:async )?function .*?\n\}\n/gms;

const stageCode = readdirSync(path.join(repo, "steps")).map((stage) =>
  readFileSync(path.join(repo, "steps", stage, "src/main.ts"), "utf8"),
);

it.each(readdirSync(LEARNT))("%s is, word for word, what a stage has taught", (file) => {
  const code = readFileSync(path.join(LEARNT, file), "utf8").replaceAll(/^export /gm, "");
  const functions = code.match(FUNCTION) ?? [];
  expect(functions.length).toBeGreaterThan(0);
  for (const each of functions) {
    expect(stageCode.filter((stage) => stage.includes(each))).not.toHaveLength(0);
  }
});
