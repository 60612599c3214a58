import { statSync } from "node:fs";

/** Tells whether there is such a file on this machine, where a student's code may not find it. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
