import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { isBelow } from "./is-below.ts";

/** Finds a process whose root directory is `folder`, or in it: a container that runs there. */
export function findContainer(folder: string): { pid: number; command: string } | undefined {
  const { dev, ino } = statSync(folder);
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const root = `/proc/${name}/root`;
      // After pivot_root the link reads "/", but it still leads to the same folder.
      const stat = statSync(root);
      if ((stat.dev === dev && stat.ino === ino) || isBelow(readlinkSync(root), folder)) {
        return { pid: Number(name), command: readFileSync(`/proc/${name}/comm`, "utf8").trim() };
      }
    } catch {
      // It ended while we looked: the next one.
    }
  }
  return undefined;
}
