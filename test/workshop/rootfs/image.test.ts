import { spawnSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { run } from "host";
import { describe, expect, it } from "vitest";
import { type Draft, writeLayout, writeSaved } from "./image.ts";
import { listing } from "./listing.ts";
import { openFolder } from "./open-folder.ts";
import { rootfs } from "./rootfs.ts";
import type { Member } from "./tarball.ts";

const folder = (name: string): Member => ({ name, type: "5" });
const file = (name: string, text = ""): Member => ({ name, type: "0", text });
const symbolicLink = (name: string, link: string): Member => ({ name, type: "2", link });
const hardLink = (name: string, link: string): Member => ({ name, type: "1", link });

const SHELL = [folder("bin"), file("bin/sh")];

/** Writes an image, makes a root of it, and returns what files there are, with what is in them. */
async function rootOf(...layers: Member[][]): Promise<Record<string, string>> {
  const place = openFolder();
  writeLayout(path.join(place), { layers: [SHELL, ...layers] });
  const { status, stderr } = await rootfs(place, "--from", "./", "--to", "root");
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const root = path.join(place, "root");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => !/^(bin|dev|etc|proc|tmp|ROOT_OF_CONTAINER)\b/.test(name))
      .filter((name) => lstatSync(path.join(root, name)).isFile())
      .map((name) => [name, readFileSync(path.join(root, name), "utf8")]),
  );
}

describe("pnpm rootfs --from an image", () => {
  it.each<[string, (place: string, draft: Draft) => void]>([
    ["an OCI layout", writeLayout],
    ["what docker save packs", writeSaved],
  ])("takes %s, as a folder, as an archive, and compressed", async (_, write) => {
    const place = openFolder();
    const image = path.join(place, "image");
    mkdirSync(image);
    write(image, { layers: [[...SHELL, file("a", "below")], [file("a", "above")]] });
    await run(["tar", "-C", image, "-cf", path.join(place, "image.tar"), "."]);
    await run(["sh", "-c", 'gzip <"$0/image.tar" >"$0/image.tar.gz"', place]);
    for (const from of ["./image", "image.tar", "image.tar.gz"]) {
      const { status, stderr } = await rootfs(place, "--from", from, "--to", "root");
      expect(stderr).toMatch(/\nroot: \d+\.\d MB from image\S* in /);
      expect(status).toBe(0);
      expect(readFileSync(path.join(place, "root/a"), "utf8")).toBe("above");
    }
    expect(readdirSync(place).sort()).toEqual(["image", "image.tar", "image.tar.gz", "root"]);
  });

  it("takes layers in their order", async () => {
    const layers = [[file("a", "1"), file("b", "1")], [file("b", "2")], [file("c", "3")]];
    expect(await rootOf(...layers)).toEqual({ a: "1", b: "2", c: "3" });
  });

  it("deletes what whiteouts name, but nothing of their own layer", async () => {
    const below = [folder("d"), file("d/a", "1"), file("d/b", "1"), file("d/c", "1"), file("e")];
    const above = [file("d/new", "2"), file("d/.wh.a"), file("d/.wh.b"), file("d/b", "2")];
    expect(await rootOf(below, [...above, file(".wh.e"), file(".wh.none")])).toEqual({
      "d/b": "2",
      "d/c": "1",
      "d/new": "2",
    });
    expect(await rootOf(below, [file(".wh.d")])).toEqual({ e: "" });
  });

  it.each(["first", "last"])("empties an opaque folder, whose mark comes %s", async (position) => {
    const below = [folder("d"), folder("d/sub"), file("d/sub/old"), file("d/old"), file("e")];
    const above = [folder("d/sub"), file("d/sub/new")];
    const mark = file("d/.wh..wh..opq");
    const layer = position === "first" ? [mark, ...above] : [...above, mark];
    expect(await rootOf(below, layer)).toEqual({ "d/sub/new": "", e: "" });
  });

  it("keeps hard links, also to a layer below", async () => {
    const place = openFolder();
    const layers = [[...SHELL, file("a", "1"), hardLink("b", "a")], [hardLink("c", "a")]];
    writeLayout(place, { layers });
    expect(await rootfs(place, "--from", "./", "--to", "root")).toMatchObject({ status: 0 });
    const inodes = ["a", "b", "c"].map((name) => lstatSync(path.join(place, "root", name)).ino);
    expect(new Set(inodes).size).toBe(1);
  });

  it("replaces files by folders, folders by files, and follows links as in a container", async () => {
    const below = [
      ...[file("a"), folder("b"), file("b/old"), folder("real"), symbolicLink("d", "real")],
      ...[symbolicLink("way", "/real"), symbolicLink("up", "../../../real")],
    ];
    const above = [
      ...[folder("a"), file("a/new"), file("b", "2"), folder("d"), file("d/new")],
      ...[file("way/1"), file("up/2")],
    ];
    expect(await rootOf(below, above)).toEqual({
      "a/new": "",
      b: "2",
      "d/new": "",
      "real/1": "",
      "real/2": "",
    });
  });

  it.for([["gzip"], ["zstd"], ["xz"], ["bzip2"], ["lz4"]])(
    "takes layers that are compressed with %s",
    async ([command = ""], { skip }) => {
      const has = await run(["sh", "-c", `command -v ${command}`]);
      skip(has.status !== 0 && process.env.CI === undefined, `there is no ${command} here`);
      const place = openFolder();
      const compress = (input: Buffer) => spawnSync(command, ["-c"], { input }).stdout;
      writeLayout(place, { layers: [SHELL, [file("a")], []], compress });
      expect(await rootfs(place, "--from", "./", "--to", "root")).toMatchObject({ status: 0 });
      expect(readdirSync(path.join(place, "root"))).toContain("a");
    },
  );

  it("takes this machine's among several, and leaves signatures out", async () => {
    const place = openFolder();
    writeLayout(
      place,
      { layers: [[file("other")]], architecture: "s390x" },
      { layers: [[file("signature")]], os: "unknown", architecture: "unknown" },
      { layers: [SHELL] },
    );
    expect(await rootfs(place, "--from", "./", "--to", "root")).toMatchObject({ status: 0 });
    expect(readdirSync(path.join(place, "root"))).not.toContain("other");
  });
});

describe("pnpm rootfs --from an image refuses, and keeps the root that is there,", () => {
  const one: Draft = { layers: [SHELL] };
  const blobs = (place: string) => path.join(place, "blobs/sha256");
  const layerOf = (place: string) => {
    const names = readdirSync(blobs(place)).map((name) => path.join(blobs(place), name));
    return names.find((name) => readFileSync(name, "latin1").startsWith("bin")) ?? "";
  };

  it.each<[string, RegExp, (place: string, outside: string) => void]>([
    [
      "another machine's",
      /has no image for linux\/\w+, only for: linux\/s390x: take/,
      (place) => writeLayout(place, { ...one, architecture: "s390x" }),
    ],
    [
      "several images",
      /has 2 images: save only one/,
      (place) => writeSaved(place, one, { layers: [SHELL, []] }),
    ],
    ["none", /has no image for linux\/\w+, only for: nothing: take/, (place) => writeLayout(place)],
    ["no shell", /has no \/bin\/sh/, (place) => writeLayout(place, { layers: [[file("a")]] })],
    [
      "damaged JSON",
      /cannot be read: .*JSON/,
      (place) => writeFileSync(path.join(place, "index.json"), "{"),
    ],
    [
      "a manifest of something else",
      /cannot be read: its manifest.json is not that of docker save/,
      (place) => writeFileSync(path.join(place, "manifest.json"), "{}"),
    ],
    [
      "what is no image",
      /cannot be read: its layers are not those of its configuration/,
      (place) => {
        writeSaved(place, one);
        writeFileSync(path.join(place, "0.json"), '{ "os": "linux" }');
      },
    ],
    [
      "a layer that is cut off",
      /layer 1 of .* is damaged/,
      (place) => {
        writeLayout(place, one);
        truncateSync(layerOf(place), 700);
      },
    ],
    [
      "a layer that is missing",
      /cannot be read: ENOENT/,
      (place) => {
        writeLayout(place, one);
        renameSync(layerOf(place), path.join(place, "lost"));
      },
    ],
    [
      "a layer that is a file of the host",
      /cannot be read: .*leads out of it/,
      (place, outside) => {
        writeLayout(place, one);
        const layer = layerOf(place);
        renameSync(layer, path.join(outside, "layer"));
        symlinkSync(path.join(outside, "layer"), layer);
      },
    ],
    [
      "a name with ..",
      /\.\.\/\.\.\/outside\/a leads out of the image/,
      (place) => writeLayout(place, { layers: [SHELL, [file("../../outside/a")]] }),
    ],
    [
      "a whiteout of the folder above",
      /d\/\.wh\.\.\. deletes no file/,
      (place) => writeLayout(place, { layers: [SHELL, [folder("d"), file("d/.wh...")]] }),
    ],
    [
      "links in a circle",
      /the links of way lead in a circle/,
      (place) =>
        writeLayout(place, { layers: [SHELL, [symbolicLink("way", "way"), file("way/a")]] }),
    ],
  ])("%s", async (_, reason, write) => {
    const place = openFolder();
    const [image, outside] = [path.join(place, "image"), path.join(place, "outside")];
    for (const made of [image, outside, path.join(place, "root")]) mkdirSync(made);
    writeFileSync(path.join(place, "root/ROOT_OF_CONTAINER"), "");
    write(image, outside);
    const before = await listing(place);
    const { status, stderr } = await rootfs(place, "--from", "./image", "--to", "root");
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^making root from image\nerror: .+\n$/);
    expect(status).toBe(1);
    expect(await listing(place)).toEqual(before);
  });

  it("writes nothing outside, whatever its links are", async () => {
    const place = openFolder();
    const [image, outside] = [path.join(place, "image"), path.join(place, "outside")];
    for (const made of [image, outside]) mkdirSync(made);
    writeFileSync(path.join(outside, "secret"), "secret");
    const links = [symbolicLink("way", outside), symbolicLink("up", "../../outside")];
    const above = ["way", "up", `${outside}`].flatMap((way) => [
      file(`${way}/a`),
      file(`${way}/.wh.secret`),
      file(`${way}/.wh..wh..opq`),
      hardLink(`from-${path.basename(way)}`, "bin/sh"),
      { name: `${way}/disk`, type: "4" } as const,
    ]);
    writeLayout(image, { layers: [[...SHELL, ...links], above] });
    const before = await listing(outside);
    expect(await rootfs(place, "--from", "./image", "--to", "root")).toMatchObject({ status: 0 });
    expect(await listing(outside)).toEqual(before);
    const { stdout } = await run(["find", path.join(place, "root"), "-name", "disk"]);
    expect(stdout).toBe("");
  });
});
