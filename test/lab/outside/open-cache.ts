import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import path from "node:path";
import { mountsOf, run } from "host";
import { findArchitecture } from "lab/architecture";
import { cache } from "lab/cache";
import { diskName } from "lab/disk/disk-name";
import { expect, onTestFinished } from "vitest";
import { processesAt } from "../../kit/processes-at.ts";

/** The name of the disk that this repo's labs have. */
export const DISK = diskName(findArchitecture());

/** The folders that `pnpm lab` works in, for one test: nobody else's labs are in them. */
export interface Cache {
  /** The environment that makes the lab use them. */
  environment: { XDG_CACHE_HOME: string; TMPDIR: string };
  /** The lab's folder for its disks. */
  folder: string;
  /** The folder in which Debian's tools work while a disk is made. */
  scratch: string;
  /** Lists the saved states of the machine. */
  states(): string[];
  /** Lists the folders in which something is being made. */
  making(): string[];
  /** Lists what a lab has left behind: half-made folders, files, mounts, living processes. */
  leftovers(): string[];
}

/**
 * Opens them, and deletes them at the test's end.
 *
 * @param has what is in them from the start: a disk and the state of a machine that has booted from it,
 *   only the disk, or nothing
 */
export async function openCache(has: "state" | "disk" | "nothing" = "state"): Promise<Cache> {
  // Beside the user's own disk, since a hard link cannot lead to another file system
  const home = mkdtempSync(path.join(cache, "test-"));
  onTestFinished(async () => {
    await run(["rm", "-rf", home]);
  });
  const folder = path.join(home, path.basename(cache));
  const scratch = path.join(home, "scratch");
  const disk = path.join(folder, DISK);
  for (const one of [folder, scratch]) mkdirSync(one);
  if (has !== "nothing") await run(["cp", "-rl", path.join(cache, DISK), folder]);
  const list = () =>
    [folder, disk]
      .filter(existsSync)
      .flatMap((one) => readdirSync(one).map((name) => path.join(one, name)));
  const states = () => list().filter((file) => /\/state-\w+$/.test(file));
  if (has === "disk") await run(["rm", "-r", ...states()]);
  const making = () => list().filter((file) => file.includes("/making-"));
  return {
    environment: { XDG_CACHE_HOME: home, TMPDIR: scratch },
    ...{ folder, scratch, states, making },
    leftovers: () => [
      ...making(),
      ...readdirSync(scratch),
      ...processesAt(home),
      ...mountsOf(process).filter((point) => point.startsWith(home)),
    ],
  };
}

/**
 * Waits until nothing of a lab is left: the rest is removed only after it has ended, and mmdebstrap lets apt-get
 * come to its end before, which takes a minute on a slow machine.
 */
export async function untilNothingIsLeft(home: Cache): Promise<void> {
  await expect.poll(() => home.leftovers(), { timeout: 150_000 }).toEqual([]);
}
