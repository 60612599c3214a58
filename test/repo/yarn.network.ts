import { run } from "host";
import { expect, it } from "vitest";
import { cloneRepo } from "../kit/clone-repo.ts";

it.each([
  // The name of the root's catalog, in pnpm-workspace.yaml
  ["4", "@yarnpkg/cli-dist@4", 'catalog "for pnpm alone, type npx -y pnpm@12 install" not found'],
  // "engines" in package.json
  ["1", "yarn@1", 'Expected version "none, type npx -y pnpm@12 install"'],
])("yarn %s says in its error what to type", async (_, yarn, advice) => {
  const folder = await cloneRepo();
  // A student's machine: where CI is set, yarn 4 would say instead that it makes no lock file there
  const command = `cd "$1" && unset CI && npm_config_update_notifier=false npx -y ${yarn} install`;
  const { status, stdout, stderr } = await run(["sh", "-c", command, "sh", folder]);
  expect(status).toBe(1);
  expect(stdout + stderr).toContain(advice);
  expect((await run(["ls", folder])).stdout).not.toContain("node_modules");
});
