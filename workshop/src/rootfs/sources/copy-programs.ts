import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { copyPath } from "./copy-path.ts";
import { libraries } from "./libraries.ts";

/** Copies programs of the host into `root`, with all that they need to start there. */
export async function copyPrograms(root: string, programs: string[]): Promise<void> {
  const binaries: string[] = [];
  for (const program of programs) {
    const interpreter = interpreterOf(program);
    // Scripts for a shell only: for Perl or Python, its whole library would have to come along.
    if (interpreter && !/\/(sh|bash|dash)$/.test(interpreter)) continue;
    copyPath(root, program);
    binaries.push(interpreter ?? program);
  }
  for (const file of [...binaries, ...(await libraries(binaries))]) copyPath(root, file);

  // A script may say /bin/sh where the host has /bin as a link to usr/bin.
  for (const folder of ["/bin", "/sbin", "/lib"]) copyPath(root, folder);
  // Where the loader finds libraries in unusual places; entries of missing ones do no harm.
  if (existsSync("/etc/ld.so.cache")) copyPath(root, "/etc/ld.so.cache");
}

/** Returns the path after `#!` when the file is a script. */
function interpreterOf(path: string): string | undefined {
  const start = Buffer.alloc(128);
  const fd = openSync(path, "r");
  readSync(fd, start);
  closeSync(fd);
  return /^#! *(\S+)/.exec(start.toString("latin1"))?.[1];
}
