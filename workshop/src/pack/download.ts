import { createWriteStream, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * Returns what downloads a file of a registry into the same place in a folder. Where the registry has none,
 * there is none then.
 *
 * @param report says how much there is so far
 */
export function downloadFrom(
  registry: string,
  folder: string,
  signal: AbortSignal,
  report: (text: string) => void,
): (file: string) => Promise<void> {
  let bytes = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      report(`${(bytes / 1e6).toFixed(0)} MB`);
      yield chunk;
    }
  }
  return async (name) => {
    const response = await fetch(`${registry.replace(/\/$/, "")}/${name}`, { signal });
    if (!response.ok || !response.body) return;
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    await pipeline(response.body, counted, createWriteStream(`${file}.part`));
    renameSync(`${file}.part`, file);
  };
}
