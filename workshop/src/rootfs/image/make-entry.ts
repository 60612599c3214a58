import {
  chmodSync,
  closeSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import type { ReadEntry } from "tar";
import { resolveInside } from "./resolve-inside.ts";

/**
 * Makes what an entry of a layer stands for, in place of what is there. Devices are left out.
 *
 * @param root of all paths in the layer
 * @param path of the entry, in a folder that is there
 */
export function makeEntry(root: string, path: string, entry: ReadEntry): void {
  const mode = (entry.mode ?? 0o755) & 0o7777;
  const before = lstatSync(path, { throwIfNoEntry: false });
  if (entry.type === "Directory") {
    if (!before?.isDirectory()) replace(path, () => mkdirSync(path));
  } else if (entry.type === "SymbolicLink") {
    replace(path, () => symlinkSync(entry.linkpath ?? "", path));
  } else if (entry.type === "Link") {
    const target = entry.linkpath ?? "";
    const file = join(resolveInside(root, dirname(target)), basename(target));
    if (file !== path) replace(path, () => linkSync(file, path));
    return; // owner, mode and time are those of the file
  } else if (/^(Old|Contiguous)?File$/.test(entry.type)) {
    replace(path, () => write(path, entry));
  } else {
    return; // a device or a pipe
  }
  lchownSync(path, entry.uid ?? 0, entry.gid ?? 0);
  if (entry.type !== "SymbolicLink") chmodSync(path, mode); // last: chown takes setuid away
}

function replace(path: string, make: () => void): void {
  rmSync(path, { recursive: true, force: true });
  make();
}

function write(path: string, entry: ReadEntry): void {
  const fd = openSync(path, "wx", 0o600);
  const time = entry.mtime ?? new Date(0);
  entry.on("data", (chunk: Buffer) => writeFileSync(fd, chunk));
  entry.on("end", () => {
    closeSync(fd);
    lutimesSync(path, time, time);
  });
}
