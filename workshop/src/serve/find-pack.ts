import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { isPack } from "../pack/place.ts";
import { readSums, SUMS, sumOf } from "../pack/sums.ts";
import { readVariable } from "../pack/write-start.ts";

/** A pack that is whole. */
export interface Pack {
  folder: string;
  commit: string;
  /** The script that students run. */
  start: string;
  /** The names of all files but start, with their sizes in bytes. */
  sizes: Map<string, number>;
}

/**
 * Finds the pack that a folder is, or the only one in it, and reads all of it once.
 *
 * @param report says how far it has got
 * @throws {Error} when there is none or more than one, or when a file is not as it was made
 */
export async function findPack(
  given: string,
  signal: AbortSignal,
  report: (text: string) => void,
): Promise<Pack> {
  const folder = choose(given);
  const start = readFileSync(path.join(folder, "start"), "utf8");
  const sums = readSums(folder);
  sums.set(SUMS, readVariable(start, "sums") ?? "");
  const sizes = new Map<string, number>();
  for (const [name, sum] of sums) {
    report(name);
    const file = path.join(folder, name);
    if (!existsSync(file))
      throw new Error(`${name} is missing in ${folder}: make or copy it again`);
    if ((await sumOf(file, signal)) !== sum) {
      throw new Error(
        `${name} in ${folder} is damaged, or from another pack: make or copy it again`,
      );
    }
    sizes.set(name, statSync(file).size);
  }
  return { folder, commit: readVariable(start, "commit") ?? "", start, sizes };
}

function choose(given: string): string {
  if (isPack(given)) return given;
  const isFolder = statSync(given, { throwIfNoEntry: false })?.isDirectory();
  const inner = isFolder ? readdirSync(given).map((name) => path.join(given, name)) : [];
  const [pack, ...others] = inner.filter(isPack);
  if (pack === undefined) {
    throw new Error(`there is no pack in ${given}: type "pnpm workshop pack ${given}" to make one`);
  }
  if (others.length > 0) {
    throw new Error(`there are several packs in ${given}: type "pnpm workshop serve ${pack}"`);
  }
  return pack;
}
