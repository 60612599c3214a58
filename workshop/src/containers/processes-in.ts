import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { isBelow } from "./is-below.ts";
import { isRoot } from "./is-root.ts";

/** Finds a process whose root directory is `folder`, or in it: a container that runs there. */
export function findContainer(folder: string): { pid: number; command: string } | undefined {
  const pid = findProcesses(folder)[0];
  if (pid === undefined) return undefined;
  try {
    return { pid, command: readFileSync(`/proc/${pid}/comm`, "utf8").trim() };
  } catch {
    return findContainer(folder); // it ended while we looked: the next one
  }
}

/** Finds all processes whose root directory is `folder`, or in it. */
export function findProcesses(folder: string): number[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const root = `/proc/${name}/root`;
      // After pivot_root the link reads "/", but it still leads to the same folder.
      return isRoot(root, folder) || isBelow(readlinkSync(root), folder) ? Number(name) : [];
    } catch {
      return []; // it ended while we looked
    }
  });
}
