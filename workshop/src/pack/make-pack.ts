import { mkdirSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { giveToOwnerOfFolder, type Progress } from "host";
import { runTool } from "../rootfs/run-tool.ts";
import { withScratch } from "../rootfs/with-scratch.ts";
import { boxesPart } from "./parts/boxes.ts";
import { coursePart } from "./parts/course.ts";
import { labPart } from "./parts/lab.ts";
import { libatomicPart } from "./parts/libatomic.ts";
import { packagesPart } from "./parts/packages.ts";
import type { Part } from "./parts/part.ts";
import { findCommit, repoPart } from "./parts/repo.ts";
import { ubuntuFsPart } from "./parts/ubuntu-fs.ts";
import { checkPlace, placePack } from "./place.ts";
import { writeSums } from "./sums.ts";
import { writeStart } from "./write-start.ts";

/** The parts, the small ones first: what is missing is told before minutes have passed. */
const PARTS: Part[] = [
  ...[repoPart, ubuntuFsPart, libatomicPart, packagesPart],
  ...[coursePart, labPart, boxesPart],
];

interface Options {
  /** The architectures whose lab goes along. */
  labs: string[];
  signal: AbortSignal;
  progress: Progress;
}

/** A file of a pack, with its size in bytes. */
export interface Packed {
  name: string;
  size: number;
}

/**
 * Makes everything that a class needs, in a folder of a few plain files, as FAT can hold them.
 *
 * @returns the files
 * @throws {Error} with `target` as it was
 */
export async function makePack(target: string, options: Options): Promise<Packed[]> {
  const { signal, progress } = options;
  checkPlace(target);
  const commit = await findCommit(signal);
  return await withScratch(target, async (scratch) => {
    const out = path.join(scratch, "pack");
    mkdirSync(out);
    await withScratch(path.join(tmpdir(), "workshop-pack"), async (work) => {
      for (const [index, part] of PARTS.entries()) {
        progress.step(`${index + 1}/${PARTS.length + 1} ${part.step}`);
        await part.make({ ...options, out, work, copy: path.join(work, process.arch) });
        signal.throwIfAborted();
      }
    });
    progress.step(`${PARTS.length + 1}/${PARTS.length + 1} checksums`);
    await writeSums(out, signal);
    await writeStart(out, commit, signal);
    await runTool("sync", ["--file-system", out]); // a stick may be pulled out as soon as we say so
    signal.throwIfAborted();
    placePack(out, target, path.join(scratch, "old"));
    const names = readdirSync(target).sort();
    for (const name of ["", ...names]) giveToOwnerOfFolder(path.join(target, name));
    return names.map((name) => ({ name, size: statSync(path.join(target, name)).size }));
  });
}
