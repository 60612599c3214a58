import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { FromInside, ToPage } from "../messages.ts";
import { TERMINALS } from "../messages.ts";
import { makeToken, maySee, mayType, PROTOCOL } from "./access.ts";
import { attend, type Client } from "./clients.ts";
import { findFile } from "./files.ts";
import { startInside } from "./inside.ts";
import { watchPractice } from "./practice.ts";
import { openScreen } from "./screen.ts";

/** The characters for the screens here that may wait to be drawn. */
const BACKLOG = 500_000;

export interface Server {
  /** The page's address, with the token: who has it has a root shell. */
  url: string;
  /** Rejects when it cannot go on. */
  failed: Promise<never>;
  close(): Promise<void>;
}

/**
 * Starts the server of the page, for this machine alone.
 *
 * @param port 0 for any that is free
 * @throws {Error} `EADDRINUSE`, `EACCES`
 */
export async function startServer(port: number): Promise<Server> {
  const token = makeToken();
  const clients = new Set<Client>();
  const screens = TERMINALS.map(openScreen);
  let practice: ToPage | undefined; // for pages that come later; the host is looked at anew for each
  let backlog = 0;

  const tellAll = (message: ToPage) => {
    for (const client of clients) client.send(message);
  };
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => {}); // whoever waits for it is told

  function hear(message: FromInside): void {
    if (message.type === "failed") fail(new Error(message.reason));
    else if (message.type === "picture") tellAll(message);
    else print(message.terminal, message.data);
  }

  function print(terminal: number, data: string): void {
    backlog += data.length;
    if (backlog > BACKLOG) inside.pause();
    screens[terminal - 1]?.write(data, () => {
      backlog -= data.length;
      if (backlog < BACKLOG / 2) inside.resume();
    });
    for (const client of clients) client.show(terminal, data);
  }

  const http = createServer(answer);
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => PROTOCOL,
    maxPayload: 1 << 20,
  });
  http.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {}); // it is gone already
    const status = refusal(request, token);
    if (status !== undefined) return refuse(socket, status);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const client = attend(webSocket, screens, (message) => {
        if (message.type === "resize") {
          screens[message.terminal - 1]?.resize(message.columns, message.rows);
        }
        inside.send(message);
      });
      clients.add(client);
      if (practice) client.send(practice);
      inside.send({ type: "watch", wanted: true });
      webSocket.on("error", () => {}); // "close" follows
      webSocket.on("close", () => {
        clients.delete(client);
        inside.send({ type: "watch", wanted: clients.size > 0 });
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const inside = startInside(hear, () =>
    fail(new Error("the terminals were killed: type pnpm live again")),
  );
  const stopChecking = watchPractice((message) => {
    practice = message;
    tellAll(message);
  });
  return {
    // By its number: under the name "localhost", another user may listen on [::1]
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/#token=${token}`,
    failed,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      http.closeAllConnections();
      await Promise.all([inside.close(), stopChecking()]);
    },
  };
}

/** Sends a file to who may see it. */
function answer(request: IncomingMessage, response: ServerResponse): void {
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
function refusal(request: IncomingMessage, token: string): number | undefined {
  if (!mayType(request.headers, token)) return 403;
  return pathOf(request) === "/socket" ? undefined : 404;
}

function refuse(socket: Duplex, status: number): void {
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
