import { closeSync, createReadStream, lstatSync, openSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { runTool } from "../run-tool.ts";
import type { Build } from "./source.ts";
import { unpack } from "./unpack.ts";

/** The first bytes of compressed files, the program that decompresses them, and its Debian package. */
const COMPRESSIONS = [
  { magic: "1f8b", command: "gzip", install: "gzip" },
  { magic: "28b52ffd", command: "zstd", install: "zstd" },
  { magic: "fd377a585a00", command: "xz", install: "xz-utils" },
];

/** Unpacks a root that somebody packed. The file's name says nothing, its first bytes do. */
export async function fromTar(file: string, build: Build): Promise<void> {
  const start = firstBytes(file);
  const compression = COMPRESSIONS.find(({ magic }) => start.startsWith(magic));
  const input = createReadStream(file);
  if (compression) {
    const { command, install } = compression;
    const consume = (tar: Readable) => unpack(tar, build);
    await runTool(command, ["-dc"], { signal: build.signal, input, install, consume });
  } else {
    await unpack(input, build);
  }
  if (!hasShell(build.root)) {
    build.progress.warn(`no /bin/sh or /bin/bash in ${basename(file)}: it will be hard to use`);
  }
}

function firstBytes(file: string): string {
  const bytes = Buffer.alloc(6);
  const fd = openSync(file, "r");
  readSync(fd, bytes);
  closeSync(fd);
  return bytes.toString("hex");
}

function hasShell(root: string): boolean {
  const isLink = lstatSync(join(root, "bin"), { throwIfNoEntry: false })?.isSymbolicLink();
  // Not through the link: it may be absolute, and lead to the host's own /usr/bin.
  const folder = join(root, isLink ? "usr/bin" : "bin");
  return ["sh", "bash"].some((name) => lstatSync(join(folder, name), { throwIfNoEntry: false }));
}
