import { lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { inside } from "./inside.ts";
import { listing } from "./listing.ts";
import { makeRoot } from "./make-root.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs, rootfsCommand } from "./rootfs.ts";
import { tarball, writeTarball } from "./tarball.ts";

describe("pnpm rootfs --from a tar file", () => {
  it.for([
    ["tar", "cat"],
    ["tar.gz", "gzip"],
    ["tar.zst", "zstd"],
    ["tar.xz", "xz"],
    ["tar.lzma", "xz --format=lzma"],
    ["tar.bz2", "bzip2 -1"],
    ["tar.lz4", "lz4"],
    ["tar.lz", "lzip -0"],
    ["tar.lzo", "lzop -1"],
  ])("makes the same root again from its .%s", async ([suffix, compress], { skip }) => {
    const has = await run(["sh", "-c", `command -v ${compress?.split(" ")[0]}`]);
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

  it("takes a root that is the only one in its folders", async () => {
    const folder = openFolder();
    writeTarball(path.join(folder, "root.tar"), [
      { name: "metadata.yaml", type: "0" },
      { name: "host", type: "2", link: "/" },
      { name: "templates", type: "5" },
      { name: "rootfs/bin", type: "2", link: "/usr/bin" },
      { name: "rootfs/usr/bin/sh", type: "0" },
    ]);
    expect(await rootfs(folder, "--from", "root.tar", "--to", "root")).toMatchObject({ status: 0 });
    expect(readdirSync(path.join(folder, "root"))).toContain("ROOT_OF_CONTAINER");
    expect(readdirSync(path.join(folder, "root/usr/bin"))).toEqual(["sh"]);
    expect(readdirSync(folder).sort()).toEqual(["root", "root.tar"]);
  });
});

describe("pnpm rootfs --from a file refuses, and keeps the root that is there,", () => {
  const noRoot = /no-root is no root: it has no \/bin\/sh. Take what "docker export" writes/;
  const files = (...names: string[]) => tarball(names.map((name) => ({ name, type: "0" })));
  it.each<[string, RegExp, Buffer]>([
    ["nothing at all", /no-root is empty/, Buffer.alloc(0)],
    ["an archive without files", noRoot, tarball([])],
    ["an archive of something else", noRoot, files("README.md", "src/main.ts", "bin/tool")],
    ["two roots", noRoot, files("a/bin/sh", "b/bin/sh")],
    [
      "a shell that is not there",
      noRoot,
      tarball([{ name: "bin/sh", type: "2", link: "../../../../../../../../bin/sh" }]),
    ],
    [
      "a root whose folders are links to the host's",
      noRoot,
      tarball([{ name: "bin", type: "2", link: "/bin" }]),
    ],
    [
      "an archive that ends after a file",
      /the archive is cut off/,
      files("bin/sh", "bin/ps").subarray(0, 1024),
    ],
    [
      "an archive that ends in a file",
      /Unexpected EOF/,
      tarball([{ name: "bin/sh", type: "0", text: "text".repeat(1000) }]).subarray(0, 1024),
    ],
    ["text", /This does not look like a tar archive/, Buffer.from("text")],
    ["a zip file", /no-root is a zip file: unpack it, and pack the root/, magic("504b0304")],
    ["a 7z file", /no-root is a 7z file: unpack it/, magic("377abcaf271c")],
    ["a rar file", /no-root is a rar file: unpack it/, magic("526172211a0700")],
    ["a Debian package", /no-root is a package: unpack it/, Buffer.from("!<arch>\n")],
    ["a cpio archive", /no-root is a cpio archive: unpack it/, Buffer.from("070701")],
    ["a squashfs image", /no-root is a squashfs image: unpack it/, Buffer.from("hsqs")],
    ["a disk image", /no-root is a disk image: unpack it/, magic("514649fb")],
  ])("%s", async (_, reason, content) => {
    const folder = openFolder();
    mkdirSync(path.join(folder, "root"));
    writeFileSync(path.join(folder, "root/ROOT_OF_CONTAINER"), "");
    writeFileSync(path.join(folder, "no-root"), content);
    const before = await listing(folder);
    const { status, stderr } = await rootfs(folder, "--from", "./no-root", "--to", "root");
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^making root from no-root\nerror: .+\n$/);
    expect(status).toBe(1);
    expect(await listing(folder)).toEqual(before);
  });

  it("a compression whose program is not there, and names its package", async () => {
    const folder = openFolder();
    const hidden = path.join(folder, "hidden");
    writeFileSync(path.join(folder, "root.lz4"), magic("04224d18"));
    // A character device 0, 0 in the upper layer of an overlay hides the file below.
    const script = `mkdir "$0" && mknod "$0/lz4" c 0 0 &&
      mount -t overlay -o lowerdir="$0:/usr/bin" none /usr/bin && exec "$@"`;
    const command = rootfsCommand(folder, "--from", "./root.lz4", "--to", "root");
    const result = await run(["unshare", "--mount", "sh", "-c", script, hidden, ...command]);
    expect(result).toMatchObject({
      status: 1,
      stderr: 'making root from root.lz4\nerror: no lz4 here: type "apt-get install lz4"\n',
    });
  });
});

/** Returns the beginning of a file of a kind that is known by it. */
function magic(bytes: string): Buffer {
  return Buffer.from(`${bytes}0000000000000000`, "hex");
}
