import { execFileSync } from "node:child_process";

/** The bytes of the largest root that is packed: ubuntu-fs has some 22 MB, a distribution's 200. */
const MOST = 2 ** 30;

/**
 * Packs a folder as a layer: a tar archive, the same for the same files.
 *
 * @throws {Error} when tar fails
 * @see https://github.com/opencontainers/image-spec/blob/main/layer.md
 */
export function packLayer(root: string): Buffer {
  const options = ["--sort=name", "--mtime=@0", "--numeric-owner", "--one-file-system"];
  return execFileSync("tar", ["--create", ...options, "--directory", root, "."], {
    maxBuffer: MOST,
  });
}
