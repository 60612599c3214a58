import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { Parser, type ReadEntry } from "tar";
import { makeEntry } from "./make-entry.ts";
import { resolveInside } from "./resolve-inside.ts";

/** The beginning of the names that stand for something that the layer deletes. */
const WHITEOUT = ".wh.";

/** The one that stands for all that the layers below have in its folder. */
const OPAQUE = ".wh..wh..opq";

/**
 * Puts a layer of an image on top of those below it: what is in it replaces what is there, and what
 * its whiteouts name is deleted. No path leads out of `root`, and devices are left out.
 *
 * @param layer a tar archive, decompressed
 * @param algorithm such as "sha256"
 * @returns the layer's digest, in hexadecimal
 * @see https://github.com/opencontainers/image-spec/blob/main/layer.md
 */
export async function applyLayer(root: string, layer: Readable, algorithm: string) {
  const hash = createHash(algorithm);
  const made = new Set<string>();
  const parser = new Parser({ onReadEntry: (entry) => apply(root, entry, made) });
  parser.on("ignoredEntry", ({ path, type }: ReadEntry) => {
    throw new Error(`${path} is a ${type}, which a layer cannot have`);
  });
  // Not through a pipe: an error that is thrown while an entry is applied is this function's
  for await (const chunk of layer) {
    hash.update(chunk);
    parser.write(chunk);
  }
  parser.end();
  return hash.digest("hex");
}

function apply(root: string, entry: ReadEntry, made: Set<string>): void {
  const name = entry.path.replace(/\/+$/, "");
  if (name.split("/").includes("..")) throw new Error(`${name} leads out of the image`);
  const folder = resolveInside(root, dirname(name));
  const path = join(folder, basename(name));
  const hidden = basename(name).slice(WHITEOUT.length);
  if (basename(name) === OPAQUE) {
    for (const child of list(folder)) removeBelow(join(folder, child), made);
  } else if (basename(name).startsWith(WHITEOUT)) {
    // Names such as ".wh..." would mean the folder itself, or the one above
    if (/^\.{0,2}$/.test(hidden)) throw new Error(`${name} deletes no file`);
    removeBelow(join(folder, hidden), made);
  } else if (path !== root) {
    mkdirSync(folder, { recursive: true });
    makeEntry(root, path, entry);
    for (let each = path; each !== root; each = dirname(each)) made.add(each);
  }
  entry.resume();
}

/** Deletes what the layers below have there, and keeps what this one has. */
function removeBelow(path: string, made: Set<string>): void {
  if (!made.has(path)) rmSync(path, { recursive: true, force: true });
  else for (const child of list(path)) removeBelow(join(path, child), made);
}

function list(folder: string): string[] {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() ? readdirSync(folder) : [];
}
