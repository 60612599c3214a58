import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Outcome, repo, run } from "host";
import { describe, expect, it } from "vitest";
import { openClone } from "./open-clone.ts";
import { openFolder } from "./open-folder.ts";
import { packCommand } from "./pack-command.ts";

/** Checks that a run only said in one line why it does nothing, below what it was doing. */
function expectRefusal({ status, stdout, stderr }: Outcome, reason: string | RegExp): void {
  expect(stderr).toMatch(reason);
  expect(stderr).toMatch(/^(\d\/8 .*\n)*error: .*\n(\(pnpm workshop --help .*\n)?$/);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
}

describe("pnpm workshop pack refuses, and says why,", () => {
  it.each([
    ["", "missing required argument 'folder'"],
    ["missing/pack", /there is no folder .*\/missing: is the stick there\?/],
    ["file", /\/file is not a folder: name one that is not there yet/],
    ["file/pack", /there is no folder .*\/file: is the stick there\?/],
    ["full", /\/full holds something else: type "pnpm workshop pack .*\/full\/workshop"/],
    ["/proc", '/proc is a whole disk: type "pnpm workshop pack /proc/workshop"'],
    ["new --lab sparc", "choose amd64, arm64, amd64,arm64 or none."],
    ["new --nonsense", "unknown option '--nonsense'"],
  ])("the arguments: %s", async (line, reason) => {
    const folder = openFolder();
    writeFileSync(path.join(folder, "file"), "text");
    mkdirSync(path.join(folder, "full/inner"), { recursive: true });
    const words = line.split(" ").filter(Boolean);
    expectRefusal(await run(packCommand(folder, ...words)), reason);
    expect(readdirSync(folder).sort()).toEqual(["file", "full"]);
  });

  it.each<[string, string, string | RegExp]>([
    [
      "something has changed since the last commit",
      'echo >>"$REPO/README.md"',
      'README.md has changes that are in no commit: type "git commit" or "git stash" first',
    ],
    ["it is no clone", 'rm -r "$REPO/.git"', /is no clone of the repo, as "git clone" makes one/],
    [
      "there is no root",
      'rm "$REPO/ubuntu-fs/ROOT_OF_CONTAINER"',
      'no ubuntu-fs: type "pnpm rootfs"',
    ],
    [
      "the stick is full",
      'mount -t tmpfs -o size=4m tmpfs "$FOLDER"',
      /the disk of .*pack-test-\w+ is full: make room, try again/,
    ],
    [
      "the disk for temporary files is full",
      'mount -t tmpfs -o size=1m tmpfs "$TEMPORARY"',
      /the disk of .*pack-test-\w+ is full: make room, try again/,
    ],
    [
      "there is no network",
      "ip link set lo up",
      /the packages cannot be had: is there a network\? \(.*\)/,
    ],
  ])("where %s", async (_, change, reason) => {
    const { host, folder, temporary, command } = await openClone();
    const variables = [`REPO=${repo}`, `FOLDER=${folder}`, `TEMPORARY=${temporary}`];
    // What it leaves on the stick is seen on that host only
    const script = `${change} && { "$@"; status=$?; ls -A "$FOLDER" && ls -A "$TEMPORARY"; exit $status; }`;
    const words = ["sh", "-c", script, "sh", ...command("new", "--lab", "none")];
    const { stdout, ...rest } = await host.run("env", ...variables, "unshare", "--net", ...words);
    expectRefusal({ ...rest, stdout: "" }, reason);
    expect(stdout).toBe("");
  });
});
