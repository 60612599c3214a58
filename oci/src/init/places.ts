import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { openInRoot } from "shared-native";

/**
 * Does something at a place in the container's root, which is made if it is not there. The image may
 * have links where one expects folders: none of them leads out of the root.
 *
 * @param root a descriptor of the root
 * @param place its path in there
 * @param kind what is made
 * @param work with a path by which the place is found from here: it is no link
 */
export function atPlace(
  root: number,
  place: string,
  kind: "file" | "directory",
  work: (path: string) => void,
): void {
  const fd = open(root, path.posix.resolve("/", place), kind);
  try {
    work(`/proc/self/fd/${fd}`);
  } finally {
    closeSync(fd);
  }
}

function open(root: number, place: string, kind: "file" | "directory"): number {
  try {
    return openInRoot(root, place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || place === "/") throw error;
  }
  atPlace(root, path.posix.dirname(place), "directory", (parent) => {
    const made = path.posix.join(parent, path.posix.basename(place));
    if (kind === "directory") mkdirSync(made, 0o755);
    else closeSync(openSync(made, "wx", 0o644));
  });
  return openInRoot(root, place);
}
