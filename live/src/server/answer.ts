import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { maySee, mayType } from "./access.ts";
import { findFile } from "./files.ts";

/** Sends a file to who may see it. */
export function answer(request: IncomingMessage, response: ServerResponse): void {
  const headers = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'",
  };
  const say = (status: number, text: string, more = {}) =>
    response
      .writeHead(status, { ...headers, "content-type": "text/plain", ...more })
      .end(`${text}\n`);
  if (!maySee(request.headers)) return void say(403, "this page is for this machine alone");
  if (request.method !== "GET" && request.method !== "HEAD") {
    return void say(405, "only GET", { allow: "GET, HEAD" });
  }
  const pathname = pathOf(request);
  if (pathname === undefined) return void say(400, "no such address");
  const file = findFile(pathname);
  if (file === undefined) return void say(404, "not found");
  response.writeHead(200, {
    ...headers,
    "content-type": file.type,
    "content-security-policy": file.policy,
  });
  response.end(file.body);
}

/** Returns the status with which a WebSocket is refused, or undefined for one that may type. */
export function refusal(request: IncomingMessage, token: string): number | undefined {
  if (!mayType(request.headers, token)) return 403;
  return pathOf(request) === "/socket" ? undefined : 404;
}

export function refuse(socket: Duplex, status: number): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function pathOf({ url = "/" }: IncomingMessage): string | undefined {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return undefined;
  }
}
