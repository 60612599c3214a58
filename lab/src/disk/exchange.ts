import { spawnSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import { giveToOwnerOfFolder } from "host";
import type { Architecture } from "../architecture.ts";
import { cache } from "../cache.ts";
import { makeOnce } from "../make-once.ts";
import { deleteUnusedDisks, useDisk } from "./clones.ts";
import { diskName } from "./disk-name.ts";

/** The parts of a disk's folder that another computer needs. The rest is made there. */
const PARTS = ["disk.qcow2", "vmlinuz", "initrd.img"];

/** Writes a disk, with the kernel that boots from it, into one file for another computer. */
export function saveDisk(folder: string, file: string): void {
  const name = path.basename(folder);
  const part = `${file}.part`;
  try {
    tar("-c", "-f", part, "-C", path.dirname(folder), ...PARTS.map((one) => `${name}/${one}`));
    giveToOwnerOfFolder(part);
    renameSync(part, file);
  } finally {
    rmSync(part, { force: true });
  }
}

/**
 * Takes a disk from such a file.
 *
 * @throws {Error} when it is something else, or was made for another version of this repo
 */
export async function loadDisk(
  file: string,
  architecture: Architecture,
  signal: AbortSignal,
): Promise<void> {
  const name = diskName(architecture);
  const [found = "", ...rest] = new Set(tar("-t", "-f", file).trim().split("\n").map(path.dirname));
  if (rest.length > 0 || !/^lab-\w+-[0-9a-f]+$/.test(found)) {
    throw new Error(
      `${file} is no disk of the lab: type "pnpm lab --save-disk <file>" to make one`,
    );
  }
  if (found !== name) {
    throw new Error(`${file} has ${found}, and this version of the workshop needs ${name}`);
  }
  useDisk(name, architecture);
  await makeOnce(path.join(cache, name), signal, async (making) => {
    tar("-x", "-f", file, "-C", making, "--strip-components=1");
  });
  deleteUnusedDisks();
}

function tar(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync("tar", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(error?.message ?? stderr.trim().split("\n")[0]);
  return stdout;
}
