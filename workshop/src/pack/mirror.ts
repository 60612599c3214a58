import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream/promises";

/** The path of a package in a registry, as pnpm asks for it. */
const PACKAGE = /^\/((?:@[\w.-]+\/)?[\w.-]+\/-\/[\w.+-]+\.tgz)$/;

/** A registry that is a folder, for this machine alone. */
export interface Mirror {
  url: string;
  /** The files that pnpm has asked for, below the folder. */
  asked: Set<string>;
  close(): void;
}

/**
 * Starts a registry whose packages are files in a folder, under the paths that they have in any registry.
 * pnpm compares each with the checksum in the lock file.
 *
 * @param fetchMissing brings a file that is not in the folder yet
 */
export async function startMirror(
  folder: string,
  fetchMissing = async (_file: string): Promise<void> => {},
): Promise<Mirror> {
  const asked = new Set<string>();
  const server = createServer(async ({ url = "" }, response) => {
    const file = fileOf(url);
    try {
      if (file && !existsSync(path.join(folder, file))) await fetchMissing(file);
      if (!file || !existsSync(path.join(folder, file))) return void response.writeHead(404).end();
      asked.add(file);
      response.setHeader("content-length", statSync(path.join(folder, file)).size);
      await pipeline(createReadStream(path.join(folder, file)), response);
    } catch {
      response.destroy(); // pnpm tries again, and then says what it could not get
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}/`, asked, close };
}

function fileOf(url: string): string | undefined {
  try {
    return PACKAGE.exec(decodeURIComponent(url))?.[1];
  } catch {
    return undefined; // "%" and something else
  }
}
