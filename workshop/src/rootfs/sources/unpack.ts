import { lstatSync } from "node:fs";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { runTool } from "../run-tool.ts";
import { copyPrograms } from "./copy-programs.ts";
import { findProgram } from "./host-programs.ts";
import type { Build } from "./source.ts";

/**
 * Unpacks a tar stream into the root.
 *
 * An archive may try to write outside it: with `../` or absolute names, or through symbolic links
 * that it brought along. GNU tar knows these tricks, and others may know more; so the host's tar
 * is copied into the scratch folder and started there with chroot, where no path leads out.
 */
export async function unpack(tar: Readable, { scratch, root, signal }: Build): Promise<void> {
  const program = findProgram("tar");
  if (!program) throw new Error('this host has no tar: type "apt-get install tar"');
  await copyPrograms(scratch, [program]);
  const folder = `/${basename(root)}`;
  const args = ["--extract", "--file=-", "--numeric-owner", "--preserve-permissions"];
  await runTool("chroot", [scratch, program, ...args, `--directory=${folder}`], {
    signal,
    input: tar,
  });
  if (!lstatSync(root).isDirectory()) throw new Error("the archive replaced its own root folder");
  // Nobody but root could reach these until now. The root gets the devices that it needs later.
  await runTool("find", [root, "-xdev", "(", "-type", "b", "-o", "-type", "c", ")", "-delete"]);
}
