import { globSync } from "node:fs";
import { repo, run } from "host";
import { expect, it } from "vitest";

it("has shell scripts that are clean under shellcheck", async ({ skip }) => {
  const { status } = await run(["sh", "-c", "command -v shellcheck"]);
  const hint = 'there is no shellcheck here: type "apt-get install shellcheck"';
  skip(status !== 0 && process.env.CI === undefined, hint);

  const scripts = globSync("{in.sh,.ci/*,workshop/{workshop,src/pack/start}.sh}", { cwd: repo });
  scripts.push(
    ...globSync("{graduation,lab,test}/**/*.sh", { cwd: repo, exclude: ["**/node_modules"] }),
  );
  expect(scripts.length).toBeGreaterThan(10);
  const check = ["env", `--chdir=${repo}`, "LC_ALL=C.UTF-8", "shellcheck", ...scripts];
  expect(await run(check)).toMatchObject({ status: 0, stdout: "" });
});
