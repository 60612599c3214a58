import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Image } from "./make-image.ts";
import { blobFile, digestOf } from "./write-blob.ts";

/**
 * Unpacks an image's layer into a folder: the root of a bundle.
 *
 * @throws {Error} when the layer is not what its digest says
 */
export function unpackImage({ folder, layer }: Image, root: string): void {
  const bytes = readFileSync(path.join(folder, blobFile(layer.digest)));
  if (digestOf(bytes) !== layer.digest) throw new Error(`${layer.digest} is another layer`);
  mkdirSync(root, { recursive: true });
  execFileSync("tar", ["--extract", "--gzip", "--directory", root], { input: bytes });
}
