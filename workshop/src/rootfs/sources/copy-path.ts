import { chmodSync, copyFileSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/**
 * Copies a file, or a folder without what is in it, to the same path below `root`, together with
 * the folders and symbolic links on the way: /bin is a link to usr/bin on most systems, and
 * /bin/sh a link to dash.
 *
 * @returns the path that the links lead to
 */
export function copyPath(root: string, path: string): string {
  if (path === "/") return path;
  const real = join(copyPath(root, dirname(path)), basename(path));
  const copy = join(root, real);
  const copied = lstatSync(copy, { throwIfNoEntry: false }) !== undefined;
  const stat = lstatSync(real);

  if (stat.isSymbolicLink()) {
    const link = readlinkSync(real);
    if (!copied) symlinkSync(link, copy);
    return copyPath(root, resolve(dirname(real), link));
  }
  if (copied) return real;
  if (stat.isDirectory()) {
    mkdirSync(copy);
  } else {
    copyFileSync(real, copy);
    // Without setuid bits: nobody updates a copy when a hole in `mount` is closed.
    chmodSync(copy, stat.mode & 0o755);
  }
  return real;
}
