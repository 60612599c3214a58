import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { stages } from "../../stages/index.ts";
import { roomAddresses } from "./addresses.ts";
import { keepRoom } from "./keep-room.ts";
import { pageRoutes } from "./page-routes.ts";
import type { Column, Picture } from "./picture.ts";
import { type Kept, openRoom, type Room } from "./room.ts";
import { studentRoutes } from "./student-routes.ts";

/** The time after which changes are kept, in milliseconds. */
const SOON = 500;

/**
 * Serves a room's board: students send to it, and the teacher sees it.
 *
 * @throws {Error} `EADDRINUSE`, `EACCES` for a port that is taken, or root's
 */
export async function serveBoard(kept: Kept): Promise<{ close(): void }> {
  const room = openRoom(kept);
  const end = new AbortController();
  const app = new Hono();
  app.route("/room", studentRoutes(room));
  app.route(
    "/",
    pageRoutes(room, () => pictureOf(room), end.signal),
  );
  const server = createServer({ requestTimeout: 10_000 }, getRequestListener(app.fetch));
  server.maxConnections = 1000;
  await listen(server, kept.port);
  keepRoom(kept);
  const stopKeeping = keepChanges(room);
  return {
    close() {
      end.abort();
      server.close();
      server.closeAllConnections();
      stopKeeping();
    },
  };
}

/** Keeps what has changed, a little later. Returns what keeps it now, for the last time. */
function keepChanges({ kept, changes }: Room): () => void {
  let timer: NodeJS.Timeout | undefined;
  changes.on("change", () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      keepRoom(kept);
    }, SOON);
  });
  return () => {
    clearTimeout(timer);
    keepRoom(kept);
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "0.0.0.0", resolve);
  });
}

function pictureOf({ kept }: Room): Picture {
  return {
    address: roomAddresses(kept)[0] ?? "",
    now: Date.now(),
    stages: columns,
    students: Object.values(kept.students),
  };
}

const columns: Column[] = stages.map(({ name, facts }) => ({
  name,
  facts: Object.fromEntries(facts.map(({ id, title }) => [id, title])),
}));
