import { statSync } from "node:fs";
import path from "node:path";
import { MARKER } from "../requirements/root-file-system.ts";
import { isOverlay } from "./is-overlay.ts";

/**
 * Tells whether a root of processes is `folder`, or an overlay that has it below.
 *
 * @param root such as /proc/<pid>/root
 */
export function isRoot(root: string, folder: string): boolean {
  return isSame(root, folder) || hasSameMarker(root, folder);
}

/** Tells whether two paths lead to one folder: after a bind mount, it has several. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [statOf(one), statOf(other)];
  return a !== undefined && a.dev === b?.dev && a.ino === b.ino;
}

/** In an overlay, a file from below keeps the number of its inode. The paths of the layers may be relative. */
function hasSameMarker(root: string, folder: string): boolean {
  const [a, b] = [root, folder].map((each) => statOf(path.join(each, MARKER)));
  return a !== undefined && a.ino === b?.ino && isOverlay(root);
}

function statOf(file: string) {
  return statSync(file, { throwIfNoEntry: false });
}
