import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { dist } from "./build.ts";

/** A folder of the server in which the site lies: it must work in any. */
const SUB_PATH = "/classes/2026/containers/";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".cast": "text/plain",
  ".svg": "image/svg+xml",
};

/** A server of the built site, compressed as any web server would. */
export interface Site {
  url: string;
  /** The bytes that went over the wire, by path. */
  sent: Map<string, number>;
  close(): void;
}

export async function serve(): Promise<Site> {
  const sent: Site["sent"] = new Map();
  const server = createServer(({ url = "/" }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const file = path.join(dist, pathname.slice(SUB_PATH.length) || "index.html");
    const found = pathname.startsWith(SUB_PATH) && existsSync(file) && statSync(file).isFile();
    const body = gzipSync(found ? readFileSync(file) : "not found");
    sent.set(pathname.slice(SUB_PATH.length), body.length);
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(found ? 200 : 404, { "content-type": type, "content-encoding": "gzip" });
    response.end(body);
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}${SUB_PATH}`, sent, close: () => server.close() };
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.address() as AddressInfo));
  });
}
