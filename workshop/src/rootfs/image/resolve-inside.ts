import { lstatSync, readlinkSync } from "node:fs";
import { dirname, join } from "node:path";

/** As many links in one path as the kernel follows. */
const LINKS = 40;

/**
 * Follows a path as a process would whose root directory is `root`: there, absolute links start at
 * `root`, and nothing leads out of it. What is not there yet is taken as it is.
 *
 * @returns the path as this process sees it, without a link in it
 * @throws {Error} when links lead in a circle
 */
export function resolveInside(root: string, name: string): string {
  let real = root;
  let links = 0;
  const parts = name.split("/");
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (real !== root) real = dirname(real);
      continue;
    }
    const next = join(real, part);
    if (!lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink()) {
      real = next;
      continue;
    }
    if (++links > LINKS) throw new Error(`the links of ${name} lead in a circle`);
    const target = readlinkSync(next);
    if (target.startsWith("/")) real = root;
    parts.unshift(...target.split("/"));
  }
  return real;
}
