import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The file that tells a student, and this program, that a folder is a container's root. */
export const MARKER = "ROOT_OF_CONTAINER";

const QUIET = { throwIfNoEntry: false };

/** Tells whether a finished root is there: the marker is the last thing that is made. */
export function isRootFileSystem(folder: string): boolean {
  return existsSync(join(topLayer(folder), MARKER));
}

/** Tells whether it has no empty files for devices, as that of `pnpm rootless`: only the machine's root makes some. */
export function hasDevices(folder: string): boolean {
  const device = statSync(join(topLayer(folder), "dev/null"), QUIET);
  return isRootFileSystem(folder) && device?.isFile() !== true;
}

/** Returns the topmost of the layers in a folder, or the folder itself where it has none. */
export function topLayer(folder: string): string {
  if (existsSync(join(folder, MARKER)) || !statSync(folder, QUIET)?.isDirectory()) return folder;
  const layers = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  return join(folder, layers.sort().at(-1) ?? "");
}
