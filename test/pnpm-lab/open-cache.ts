import { linkSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { mountsOf } from "workshop/host/snapshot";
import { cache } from "../../vm/src/folders.ts";
import { processesAt } from "../host/processes-at.ts";
import { run } from "../host/run.ts";

/** The disk that is kept for all labs: one at most. */
export function findDisk(): string {
  return path.join(cache, readdirSync(cache).find((name) => name.endsWith(".ext2")) ?? "none");
}

/** The folders that `pnpm lab` works in, for one test: nobody else's labs are in them. */
export interface Cache {
  /** For the lab to use them. */
  environment: { XDG_CACHE_HOME: string; TMPDIR: string };
  /** Where the lab keeps its disk, and a folder for each machine that runs. */
  folder: string;
  /** Where Debian's tools work while a disk is made. */
  scratch: string;
  /** What a lab has left behind: files, processes that are not over yet, mounts. */
  leftovers(): string[];
}

/** Opens them, with a disk that was made before or without one, and deletes them at the test's end. */
export function openCache(disk?: string): Cache {
  // Beside that disk, since a hard link cannot lead to another file system
  const home = mkdtempSync(path.join(cache, "test-"));
  onTestFinished(async () => {
    await run(["rm", "-rf", home]);
  });
  const folder = path.join(home, path.basename(cache));
  const scratch = path.join(home, "scratch");
  for (const one of [folder, scratch]) mkdirSync(one);
  if (disk) linkSync(disk, path.join(folder, path.basename(disk)));
  const before = readdirSync(folder);
  return {
    environment: { XDG_CACHE_HOME: home, TMPDIR: scratch },
    folder,
    scratch,
    leftovers: () => [
      ...readdirSync(folder).filter((name) => !before.includes(name)),
      ...readdirSync(scratch),
      ...processesAt(home),
      ...mountsOf(process).filter((point) => point.startsWith(home)),
    ],
  };
}
