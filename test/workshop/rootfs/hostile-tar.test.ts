import { existsSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { listing } from "./listing.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs, rootfsCommand } from "./rootfs.ts";
import { type Member, writeTarball } from "./tarball.ts";

const SHELL: Member[] = [
  { name: "bin", type: "5" },
  { name: "bin/sh", type: "0" },
];

describe("pnpm rootfs --from a hostile tar file", () => {
  it.each<[string, (outside: string) => Member[]]>([
    ["a name with ..", () => [{ name: "../../outside/file", type: "0" }]],
    ["an absolute name", (outside) => [{ name: `${outside}/file`, type: "0" }]],
    [
      "a link for a folder",
      (outside) => [
        { name: "way", type: "2", link: outside },
        { name: "way/file", type: "0" },
      ],
    ],
    [
      "a relative link for a folder",
      () => [
        { name: "way", type: "2", link: "../../outside" },
        { name: "way/file", type: "0" },
      ],
    ],
    [
      "a link for a file",
      (outside) => [
        { name: "way", type: "2", link: `${outside}/file` },
        { name: "way", type: "0" },
      ],
    ],
    ["a hard link", (outside) => [{ name: "file", type: "1", link: `${outside}/secret` }]],
    [
      "a link for the root",
      (outside) => [
        { name: ".", type: "2", link: outside },
        { name: "./file", type: "0" },
      ],
    ],
    [
      "links for what the root needs",
      (outside) => [
        ...["dev", "etc", "proc", "tmp"].map(
          (name): Member => ({ name, type: "2", link: outside }),
        ),
        { name: "ROOT_OF_CONTAINER", type: "2", link: `${outside}/file` },
        ...SHELL,
      ],
    ],
    [
      "links in /dev and /etc",
      (outside) => [
        { name: "dev", type: "5" },
        { name: "dev/null", type: "2", link: `${outside}/null` },
        { name: "etc", type: "5" },
        { name: "etc/passwd", type: "2", link: `${outside}/passwd` },
        ...SHELL,
      ],
    ],
  ])("writes nothing outside for %s", async (_, members) => {
    const folder = openFolder();
    const outside = path.join(folder, "outside");
    mkdirSync(outside);
    writeFileSync(path.join(outside, "secret"), "secret");
    writeTarball(path.join(folder, "hostile.tar"), members(outside));
    const before = await listing(outside);
    await rootfs(folder, "--from", "hostile.tar", "--to", "root");
    expect(await listing(outside)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name !== "root")).toEqual([
      "hostile.tar",
      "outside",
    ]);
  });

  it("leaves out its devices", async () => {
    const folder = openFolder();
    writeTarball(path.join(folder, "hostile.tar"), [
      { name: "disk", type: "4" },
      { name: "dev", type: "5" },
      { name: "dev/null", type: "4" },
      ...SHELL,
    ]);
    const { status } = await rootfs(folder, "--from", "hostile.tar", "--to", "root");
    expect(status).toBe(0);
    expect(existsSync(path.join(folder, "root/disk"))).toBe(false);
    expect(lstatSync(path.join(folder, "root/dev/null")).isCharacterDevice()).toBe(true);
  });

  it("gives back all that a bomb has filled of the disk", async () => {
    const folder = openFolder();
    // Sixty-four megabytes in sixty-four kilobytes, on a disk of eight
    const script = `head -c 64M /dev/zero >"$0/zeros" && tar -C "$0" -czf "$0/bomb.tar.gz" zeros &&
      mkdir "$0/disk" && mount -t tmpfs -o size=8M none "$0/disk" && cp "$0/bomb.tar.gz" "$0/disk"
      "$@"; status=$?; ls -A "$0/disk"; exit $status`;
    const command = rootfsCommand(
      path.join(folder, "disk"),
      "--from",
      "bomb.tar.gz",
      "--to",
      "root",
    );
    const result = await run(["unshare", "--mount", "sh", "-c", script, folder, ...command]);
    expect(result).toMatchObject({ status: 1, stdout: "bomb.tar.gz\n" });
    expect(result.stderr).toMatch(/^making root .*\nerror: the disk of .* is full: .*\n$/);
  });
});
