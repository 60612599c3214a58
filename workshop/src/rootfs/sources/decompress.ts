import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { runTool } from "../run-tool.ts";

interface Format {
  /** The first bytes of its files. */
  magic: RegExp;
  /** The program that decompresses it, and its Debian package. */
  command?: string;
  install?: string;
  /** Its name, if it cannot hold a root: owners, links and modes. */
  name?: string;
}

const FORMATS: Format[] = [
  { magic: /^1f(8b|9d)/, command: "gzip", install: "gzip" }, // 9d: compress(1)
  { magic: /^28b52ffd|^5.2a4d18/, command: "zstd", install: "zstd" },
  { magic: /^fd377a585a00|^5d0000/, command: "xz", install: "xz-utils" }, // 5d: lzma(1)
  { magic: /^425a68/, command: "bzip2", install: "bzip2" },
  { magic: /^04224d18/, command: "lz4", install: "lz4" },
  { magic: /^4c5a4950/, command: "lzip", install: "lzip" },
  { magic: /^894c5a4f/, command: "lzop", install: "lzop" },
  { magic: /^504b0304/, name: "a zip file" },
  { magic: /^377abcaf271c/, name: "a 7z file" },
  { magic: /^526172211a07/, name: "a rar file" },
  { magic: /^213c617263683e/, name: "a package" }, // ar(1), as in .deb
  { magic: /^edabeedb/, name: "a package" }, // .rpm
  { magic: /^30373037/, name: "a cpio archive" },
  { magic: /^68737173|^73717368/, name: "a squashfs image" },
  { magic: /^514649fb/, name: "a disk image" }, // qcow2
];

/**
 * Decompresses a file while it is read. The file's name says nothing, its first bytes do.
 *
 * @param consume takes what is in it: a tar archive, as far as one can tell from outside
 * @throws {Error} when it is compressed in a way that no program here knows
 */
export async function decompress(
  file: string,
  signal: AbortSignal,
  consume: (tar: Readable) => Promise<unknown>,
): Promise<void> {
  const start = firstBytes(file);
  const name = basename(file);
  if (start === "") throw new Error(`${name} is empty`);
  const format = FORMATS.find(({ magic }) => magic.test(start));
  if (format?.name) {
    throw new Error(`${name} is ${format.name}: unpack it, and pack the root in it with tar`);
  }
  const input = createReadStream(file);
  if (format === undefined) {
    signal.addEventListener("abort", () => input.destroy(signal.reason));
    await consume(input);
    return;
  }
  const { command = "", install = command } = format;
  await runTool(command, ["-dc"], { signal, input, install, consume });
}

function firstBytes(file: string): string {
  const bytes = Buffer.alloc(8);
  const fd = openSync(file, "r");
  const count = readSync(fd, bytes);
  closeSync(fd);
  return bytes.toString("hex", 0, count);
}
