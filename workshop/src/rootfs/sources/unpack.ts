import { lstatSync } from "node:fs";
import { basename } from "node:path";
import { pipeline, type Readable, Transform } from "node:stream";
import { runTool } from "../run-tool.ts";
import { copyPrograms } from "./copy-programs.ts";
import { findProgram } from "./host-programs.ts";
import type { Build } from "./source.ts";

/** The size of a block: an archive ends with two blocks of zeros. */
const BLOCK = 512;

/**
 * Unpacks a tar stream into the root.
 *
 * An archive may try to write outside it: with `../` or absolute names, or through symbolic links
 * that it brought along. GNU tar knows these tricks, and others may know more; so the host's tar
 * is copied into the scratch folder and started there with chroot, where no path leads out.
 */
export async function unpack(tar: Readable, { scratch, root, signal }: Build): Promise<void> {
  // Read from now on: Node throws away what a program has written when nobody reads it as it ends.
  const { input, isCutOff } = watchEnd(tar);
  const program = findProgram("tar");
  if (!program) throw new Error('this host has no tar: type "apt-get install tar"');
  await copyPrograms(scratch, [program]);
  const folder = `/${basename(root)}`;
  const args = ["--extract", "--file=-", "--numeric-owner", "--preserve-permissions"];
  await runTool("chroot", [scratch, program, ...args, `--directory=${folder}`], { signal, input });
  if (isCutOff()) throw new Error("the archive is cut off: get it again");
  if (!lstatSync(root).isDirectory()) throw new Error("the archive replaced its own root folder");
  // Nobody but root could reach these until now. The root gets the devices that it needs later.
  await runTool("find", [root, "-xdev", "(", "-type", "b", "-o", "-type", "c", ")", "-delete"]);
}

/** tar takes the end of a file for the end of the archive, if that is between two of its members. */
function watchEnd(tar: Readable) {
  let end = Buffer.alloc(0);
  const input = new Transform({
    transform(chunk, _, done) {
      end = Buffer.concat([end, chunk]).subarray(-BLOCK);
      done(null, chunk);
    },
  });
  pipeline(tar, input, () => {}); // who has made the stream tells why it failed
  return { input, isCutOff: () => input.writableFinished && end.some((byte) => byte !== 0) };
}
