import { mkdirSync, readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { hasShell } from "../has-shell.ts";
import { fromImage } from "../image/from-image.ts";
import { isImage } from "../image/read-image.ts";
import { decompress } from "./decompress.ts";
import type { Build } from "./source.ts";
import { unpack } from "./unpack.ts";

/** Unpacks a root that somebody packed: as it is, in a folder of its own, or as an image in layers. */
export async function fromArchive(file: string, build: Build): Promise<void> {
  const { root, scratch, signal } = build;
  const name = basename(file);
  await decompress(file, signal, (tar) => unpack(tar, build));
  if (hasShell(root)) return;

  const unpacked = join(scratch, "unpacked");
  renameSync(root, unpacked);
  if (isImage(unpacked)) {
    mkdirSync(root);
    await fromImage(unpacked, name, build);
    return;
  }
  const roots = readdirSync(unpacked, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((folder) => join(unpacked, folder.name))
    .filter(hasShell);
  const [inner] = roots;
  if (inner === undefined || roots.length > 1) {
    throw new Error(`${name} is no root: it has no /bin/sh. Take what "docker export" writes`);
  }
  renameSync(inner, root);
}
