import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import type { Architecture } from "../architecture.ts";
import { cache } from "../cache.ts";

/** A folder with a file for each clone and architecture: its disk, and the clone's path. */
const CLONES = path.join(cache, "clones");

/** Records which disk this clone uses. */
export function useDisk(disk: string, { name }: Architecture): void {
  mkdirSync(CLONES, { recursive: true });
  const hash = createHash("sha256").update(repo).digest("hex").slice(0, 12);
  writeFileSync(path.join(CLONES, `${hash}-${name}`), `${disk}\n${repo}\n`);
}

/** Deletes the disks that no clone uses any more. A lab running on one still has it open. */
export function deleteUnusedDisks(): void {
  const used = readdirSync(CLONES).map((name) => diskOf(path.join(CLONES, name)));
  for (const name of readdirSync(cache)) {
    const isDisk = /^lab-\w+-[0-9a-f]+$/.test(name);
    if (isDisk && !used.includes(name)) rmSync(path.join(cache, name), { recursive: true });
  }
}

function diskOf(file: string): string | undefined {
  const [disk, clone] = readFileSync(file, "utf8").split("\n");
  if (clone && existsSync(clone)) return disk;
  rmSync(file); // the clone is gone
  return undefined;
}
