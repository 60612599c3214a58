import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { isBelow } from "./is-below.ts";

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
  const { dev, ino } = statSync(folder, { throwIfNoEntry: false }) ?? {};
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const root = `/proc/${name}/root`;
      // After pivot_root the link reads "/", but it still leads to the same folder.
      const stat = statSync(root);
      const isThere = stat.dev === dev && stat.ino === ino;
      return isThere || isBelow(readlinkSync(root), folder) ? Number(name) : [];
    } catch {
      return []; // it ended while we looked
    }
  });
}
