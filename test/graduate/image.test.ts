import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeImage } from "graduation/image/make-image";
import { unpackImage } from "graduation/image/unpack-image";
import { run } from "host";
import { expect, it, onTestFinished } from "vitest";
import { readImages } from "workshop/rootfs/image/read-image";

/** Makes an image of a small root. */
function smallImage() {
  const folder = mkdtempSync(path.join(tmpdir(), "image-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const root = path.join(folder, "root");
  mkdirSync(path.join(root, "bin"), { recursive: true });
  writeFileSync(path.join(root, "bin/sh"), "a shell\n", { mode: 0o755 });
  return { folder, root, image: makeImage(root, path.join(folder, "image")) };
}

it("has one layer, which pnpm rootfs finds", () => {
  const { image } = smallImage();
  const [read, ...others] = readImages(image.folder);
  expect(others).toEqual([]);
  expect(read?.config).toMatchObject({ os: "linux" });
  expect(read?.layers).toEqual([path.join(image.folder, blob(image.layer.digest))]);
});

it("names each blob by what sha256sum says of it", async () => {
  const { image } = smallImage();
  const { stdout } = await run([
    "sh",
    "-c",
    'cd "$1"/blobs/sha256 && sha256sum *',
    "sh",
    image.folder,
  ]);
  const lines = stdout.trim().split("\n");
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^(\w{64}) {2}\1$/);
});

it("is the same, made again", () => {
  const { folder, root, image } = smallImage();
  expect(makeImage(root, path.join(folder, "again")).manifest).toEqual(image.manifest);
});

it("is unpacked as it was", async () => {
  const { folder, root, image } = smallImage();
  const unpacked = path.join(folder, "unpacked");
  unpackImage(image, unpacked);
  expect(await run(["diff", "-r", root, unpacked])).toMatchObject({ status: 0, stdout: "" });
});

it("is not unpacked when a layer is not what its digest says", () => {
  const { folder, image } = smallImage();
  const file = path.join(image.folder, blob(image.layer.digest));
  writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from("x")]));
  expect(() => unpackImage(image, path.join(folder, "unpacked"))).toThrow("is another layer");
});

function blob(digest: string): string {
  return path.join("blobs", digest.replace(":", "/"));
}
