import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { openFolder } from "../pack/open-folder.ts";
import { ALONE, serve, serveCommand } from "./serve-command.ts";
import { makeSmallPack } from "./small-pack.ts";

/** Packs in a folder: a whole one in one/, two in two/, and such as are spoilt. */
async function makePacks(): Promise<string> {
  const folder = openFolder();
  for (const name of ["one/a", "two/a", "two/b", "damaged", "missing", "mixed"]) {
    await makeSmallPack(path.join(folder, name));
  }
  appendFileSync(path.join(folder, "damaged/packages-x64.tar"), "x");
  rmSync(path.join(folder, "missing/packages-x64.tar"));
  mkdirSync(path.join(folder, "empty"));
  appendFileSync(path.join(folder, "mixed/SHA256SUMS"), "\n");
  return folder;
}

describe("pnpm workshop serve refuses, and says why,", () => {
  it.each<[string, string | RegExp]>([
    ["", "missing required argument 'folder'"],
    [
      "nowhere",
      /there is no pack in .*\/nowhere: type "pnpm workshop pack .*\/nowhere" to make one/,
    ],
    ["empty", /there is no pack in .*\/empty: type/],
    ["two", /there are several packs in .*\/two: type "pnpm workshop serve .*\/two\/a"/],
    ["damaged", /packages-x64.tar in .*\/damaged is damaged, or from another pack: make or copy/],
    ["missing", /packages-x64.tar is missing in .*\/missing: make or copy it again/],
    ["mixed", /SHA256SUMS in .*\/mixed is damaged, or from another pack: make or copy it again/],
    ["one --port 0", "it should be a number up to 65535"],
    ["one --port x", "it should be a number up to 65535"],
  ])("the arguments: %s", async (line, reason) => {
    const folder = await makePacks();
    const words = line.split(" ").filter(Boolean);
    const { status, stdout, stderr } = await run([...ALONE, ...serveCommand(folder, ...words)]);
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^(looking at the pack\n)?error: .*\n(\(pnpm workshop --help .*\n)?$/);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  });

  it("a port that is taken", async () => {
    const folder = await makePacks();
    const { enter } = await serve(path.join(folder, "one"));
    const again = await run([...enter, ...serveCommand(folder, "one")]);
    expect(again.stderr).toMatch(
      /error: port 8000 is taken: type "pnpm workshop serve .*\/one\/a --port 8001"\n$/,
    );
    expect(again.status).toBe(1);
  });

  it("where this computer is in no network", async () => {
    const folder = await makePacks();
    const { status, stderr } = await run(["unshare", "--net", ...serveCommand(folder, "one")]);
    expect(stderr).toBe(
      "error: this computer has no address: join the room's network, then try again\n",
    );
    expect(status).toBe(1);
  });
});
