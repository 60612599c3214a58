import { existsSync, statfsSync } from "node:fs";

/** The type of an overlay, as statfs(2) gives it. */
const OVERLAYFS = 0x794c7630;

/** Tells whether a folder is there, and on an overlay. */
export function isOverlay(folder: string): boolean {
  return existsSync(folder) && statfsSync(folder).type === OVERLAYFS;
}
