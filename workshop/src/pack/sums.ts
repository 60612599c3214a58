import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** The file with the checksums of all others but start, which has its own. */
export const SUMS = "SHA256SUMS";

/** Writes the checksum of each file in a folder, as sha256sum(1) does. */
export async function writeSums(folder: string, signal: AbortSignal): Promise<void> {
  let lines = "";
  for (const name of readdirSync(folder).sort()) {
    lines += `${await sumOf(path.join(folder, name), signal)}  ${name}\n`;
  }
  writeFileSync(path.join(folder, SUMS), lines);
}

/** Returns the SHA-256 of a file, in hexadecimal digits. */
export async function sumOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash, { signal });
  return hash.digest("hex");
}

/** Reads the checksums of a pack: name by name. */
export function readSums(folder: string): Map<string, string> {
  const lines = readFileSync(path.join(folder, SUMS), "utf8").matchAll(
    /^([0-9a-f]{64}) {2}(.+)$/gm,
  );
  return new Map([...lines].map(([, sum = "", name = ""]) => [name, sum]));
}
