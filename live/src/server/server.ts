import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { FromInside, ToPage } from "../messages.ts";
import { TERMINALS } from "../messages.ts";
import { makeToken, PROTOCOL } from "./access.ts";
import { answer, refusal, refuse } from "./answer.ts";
import { attend, type Client } from "./clients.ts";
import { type Place, startInside } from "./inside.ts";
import { watchPractice } from "./practice.ts";
import { openScreen } from "./screen.ts";

/** The characters for the screens here that may wait to be drawn. */
const BACKLOG = 500_000;

export interface Server {
  /** The page's address, with the token: who has it has a root shell. */
  url: string;
  /** Resolves when the terminals are open. */
  ready: Promise<void>;
  /** Rejects when it cannot go on. */
  failed: Promise<never>;
  close(): Promise<void>;
}

/**
 * Starts the server of the page, for this machine alone.
 *
 * @param port 0 for any that is free
 * @param place where the terminals are
 * @throws {Error} `EADDRINUSE`, `EACCES`
 */
export async function startServer(port: number, place: Place): Promise<Server> {
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
  const { promise: ready, resolve: open } = Promise.withResolvers<void>();

  function hear(message: FromInside): void {
    if (message.type === "ready") open();
    else if (message.type === "failed") fail(new Error(message.reason));
    else if (message.type === "data") print(message.terminal, message.data);
    else {
      if (message.type !== "picture") practice = message;
      tellAll(message);
    }
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
  const inside = startInside(place, hear, () =>
    fail(
      place === "lab"
        ? new Error("the lab has ended, and with it the terminals: type pnpm live --lab again")
        : new Error("the terminals were killed: type pnpm live again"),
    ),
  );
  const stopWatching = watchPractice((stage, code) => inside.send({ type: "check", stage, code }));
  return {
    // By its number: under the name "localhost", another user may listen on [::1]
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/#token=${token}`,
    ready,
    failed,
    async close() {
      stopWatching();
      for (const socket of sockets.clients) socket.terminate();
      http.close();
      http.closeAllConnections();
      await inside.close();
    },
  };
}
