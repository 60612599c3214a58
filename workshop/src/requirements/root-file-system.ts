import { existsSync } from "node:fs";
import { join } from "node:path";

/** The file that tells a student, and this program, that a folder is a container's root. */
export const MARKER = "ROOT_OF_CONTAINER";

/** Tells whether a finished root is there: the marker is the last thing that is made. */
export function isRootFileSystem(folder: string): boolean {
  return existsSync(join(folder, MARKER));
}
