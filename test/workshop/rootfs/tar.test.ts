import { lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { inside } from "./inside.ts";
import { listing } from "./listing.ts";
import { makeRoot } from "./make-root.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";
import { writeTarball } from "./tarball.ts";

describe("pnpm rootfs --from a tar file", () => {
  it.for([
    ["tar", "cat"],
    ["tar.gz", "gzip"],
    ["tar.zst", "zstd"],
    ["tar.xz", "xz"],
  ])("makes the same root again from its .%s", async ([suffix, compress], { skip }) => {
    const has = await run(["sh", "-c", `command -v ${compress}`]);
    skip(has.status !== 0 && process.env.CI === undefined, `there is no ${compress} here`);
    const root = await makeRoot();
    const folder = path.dirname(root);
    await run([
      "sh",
      "-c",
      `cd "$0" && tar -c . | XZ_OPT=-0 ${compress} > ../packed.${suffix}`,
      root,
    ]);
    const { status, stderr } = await rootfs(folder, "--from", `packed.${suffix}`, "--to", "copy");
    expect(stderr).toMatch(new RegExp(`\ncopy: \\d+\\.\\d MB from packed\\.${suffix} in `));
    expect(status).toBe(0);
    expect(await listing(path.join(folder, "copy"))).toEqual(await listing(root));
    expect(await inside(path.join(folder, "copy"), "ps")).toMatchObject({ status: 0 });
  });

  it("is not content with half of a file, and keeps the root that is there", async () => {
    const root = await makeRoot();
    const folder = path.dirname(root);
    await run(["sh", "-c", 'tar -C "$0" -cz . | head -c 1000000 > "$0/../half.tar.gz"', root]);
    const before = lstatSync(root).ino;
    const { status, stderr } = await rootfs(folder, "--from", "half.tar.gz", "--to", "root");
    expect(stderr).toMatch(/\nerror: gzip: stdin: unexpected end of file\n$/);
    expect(status).toBe(1);
    expect(lstatSync(root).ino).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(["half.tar.gz", "root"]);
  });

  it("warns when there is no shell in it", async () => {
    const folder = openFolder();
    writeTarball(path.join(folder, "empty.tar"), [{ name: "etc", type: "5" }]);
    const { status, stderr } = await rootfs(folder, "--from", "empty.tar", "--to", "root");
    expect(status).toBe(0);
    expect(stderr).toContain("\nwarning: no /bin/sh or /bin/bash in empty.tar: ");
  });
});
