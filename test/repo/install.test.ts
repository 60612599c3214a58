import { run } from "host";
import { expect, it } from "vitest";
import { cloneRepo } from "../kit/clone-repo.ts";
import { openHost } from "../kit/open-host.ts";

/** Starts stage 01 as a student does who has nothing from before: no packages, no settings. */
function start(folder: string, prefix: string[]) {
  const pnpm = ["pnpm", "--dir", folder, "--filter", "01-uts", "start", "echo", "started"];
  const settings = [`PATH=${process.env.PATH}`, `HOME=${folder}`, "pnpm_config_fetch_retries=0"];
  return run([...prefix, "env", "--ignore-environment", ...settings, ...pnpm]);
}

const READ_ONLY = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';

it.each<[string, (folder: string) => string[]]>([
  ["there is no network", () => ["unshare", "--net"]],
  [
    "the repo is read-only",
    (folder) => ["unshare", "--mount", "sh", "-c", READ_ONLY, "sh", folder],
  ],
])("says in one line that nothing is installed, and starts nothing, when %s", async (_, on) => {
  const folder = await cloneRepo();
  const { status, stdout, stderr } = await start(folder, on(folder));
  expect(status).toBe(1);
  expect(stdout).not.toMatch(/^started$/m);
  expect(stderr).toContain(
    'nothing is installed here: see above, then type "npx -y pnpm@12 install"',
  );
  expect(stderr).not.toContain("    at "); // a stack trace
});

it("lets a student's code be checked, when only a stage was started before", async () => {
  const folder = await cloneRepo();
  const host = await openHost();
  const script = `cd "$1" && unset pnpm_config_verify_deps_before_run &&
    pnpm --filter 01-uts start true && pnpm workshop practice 01 &&
    cp steps/01-uts/src/main.ts practice/01-uts/src && pnpm workshop check 01`;
  const { status, stdout, stderr } = await host.run("bash", "-c", script, "bash", folder);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toContain("All 6 facts hold.");
});
