import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { repo, run } from "host";
import { expect, it } from "vitest";
import { cloneRepo } from "../kit/clone-repo.ts";
import { openHost } from "../kit/open-host.ts";

/** The programs of this machine, without those that pnpm has put before them for the tests. */
const PATH = process.env.PATH?.split(":")
  .filter((folder) => !folder.includes("node_modules"))
  .join(":");

/** Types a command as a student does who has nothing from before: no packages, no settings. */
function type(folder: string, command: string[], prefix: string[] = []) {
  const settings = [`PATH=${PATH}`, `HOME=${folder}`, "pnpm_config_fetch_retries=0"];
  const clean = ["--ignore-environment", `--chdir=${folder}`];
  return run(["env", ...clean, ...settings, ...prefix, ...command]);
}

const START = ["pnpm", "--filter", "01-uts", "start", "echo", "started"];
/** Name of the root's catalog, in pnpm-workspace.yaml. */
const ADVICE = "for pnpm alone, type npx -y pnpm@12 install";
const NOTHING = 'nothing is installed here: see above, then type "npx -y pnpm@12 install"';

/** Mounts something on a folder, in a mount namespace, and goes on in there. */
const remount = (folder: string, script: string) => [
  ...["unshare", "--mount", "sh", "-c", `${script} && cd "$1" && shift && exec "$@"`, "sh", folder],
];
const BIND = 'mount --bind "$1" "$1" && mount -o remount,bind';
const FULL =
  'mount -t tmpfs tmpfs /mnt && cp -a "$1/." /mnt && mount -t tmpfs -o size=24m tmpfs "$1" && cp -a /mnt/. "$1"';

it.each<[string, (folder: string) => string[]]>([
  ["there is no network", () => ["unshare", "--net"]],
  ["the proxy is dead", () => ["env", "HTTPS_PROXY=http://127.0.0.1:9"]],
  ["the repo is read-only", (folder) => remount(folder, `${BIND},ro "$1"`)],
  // pnpm goes on without Node, and calls it done
  ["the disk is full", (folder) => remount(folder, FULL)],
])("says in one line that nothing is installed, and starts nothing, when %s", async (_, on) => {
  const folder = await cloneRepo();
  const { status, stdout, stderr } = await type(folder, START, on(folder));
  expect(status).toBe(1);
  expect(stdout).not.toMatch(/^started$/m);
  expect(stderr).toContain(NOTHING);
  expect(stderr).not.toContain("    at "); // a stack trace
});

it.each([
  ["pnpm", "rootfs"],
  ["pnpm", "test"],
  ["pnpm", "--filter", "03-pid-mnt-chroot", "start", "echo", "started"],
  ["npm", "run", "rootfs"],
])("says so once, and tries no second time, when it was %s %s", async (...command) => {
  const folder = await cloneRepo();
  const { status, stdout, stderr } = await type(folder, command, ["unshare", "--net"]);
  expect(status).toBe(1);
  expect(stdout).not.toMatch(/^started$/m);
  expect(stderr.split(NOTHING)).toHaveLength(2);
  expect(stderr.split("installing dependencies").length).toBeLessThanOrEqual(2);
});

it("leaves no pnpm workshop when it fails, and says why before pnpm says that", async () => {
  const folder = await cloneRepo();
  const { status, stderr } = await type(folder, ["pnpm", "workshop"], ["unshare", "--net"]);
  expect(status).toBe(1);
  // pnpm breaks its lines, where depends on the package's name
  expect(stderr).toMatch(/name[\s│]+resolution.*Command "workshop" not found/s);
  // Which is pnpm's own, so a page has to say what to type
  const page = readFileSync(path.join(repo, "docs/troubleshooting.md"), "utf8");
  expect(page).toMatch(/^### .*`Command "workshop" not found`\n\n.*`npx -y pnpm@12 install`/m);
});

it("is pnpm's alone: npm says in its error what to type", async () => {
  const folder = await cloneRepo();
  const { status, stderr } = await type(folder, ["npm", "install"], ["unshare", "--net"]);
  expect(status).toBe(1);
  expect(stderr).toContain(ADVICE);
});

it("says what to do on a mount where no program may be started", async () => {
  const folder = await cloneRepo();
  const installed = await run(["pnpm", "--dir", folder, "--filter", "01-uts", "install"]);
  expect(installed).toMatchObject({ status: 0 });
  const { status, stderr } = await type(folder, START, remount(folder, `${BIND},noexec "$1"`));
  expect(status).toBe(1);
  expect(stderr).toContain("this disk has noexec: copy the repo to another");
});

it("is mended by what that line says, in a copy that has lost its symbolic links", async () => {
  const folder = await cloneRepo();
  // The settings of the pnpm that has started this test would make a difference
  const clean = ["env", "--ignore-environment", `PATH=${process.env.PATH}`, `HOME=${homedir()}`];
  const shell = (script: string) => run([...clean, "sh", "-c", `cd "$0" && ${script}`, folder]);
  expect(await shell("pnpm install")).toMatchObject({ status: 0 });
  await shell("find . -type l -delete");
  expect((await shell(START.join(" "))).stderr).toContain(NOTHING);
  expect(await shell("pnpm install")).toMatchObject({ status: 0 });
  expect((await shell(START.join(" "))).stdout).toBe("started\n");
});

it("lets a student's code be checked, when only a stage was started before", async () => {
  const folder = await cloneRepo();
  const host = await openHost({ network: "shared" });
  const script = `cd "$1" && unset pnpm_config_verify_deps_before_run &&
    pnpm --filter 01-uts start true && pnpm workshop practice 01 &&
    cp steps/01-uts/src/main.ts practice/01-uts/src && pnpm workshop check 01`;
  const { status, stdout, stderr } = await host.run("bash", "-c", script, "bash", folder);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(stdout).toContain("All 6 facts hold.");
});
