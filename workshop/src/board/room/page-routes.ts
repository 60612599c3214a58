import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { streamSSE } from "hono/streaming";
import { isSame } from "./is-same.ts";
import { pageFile } from "./page-files.ts";
import type { Picture } from "./picture.ts";
import type { Room } from "./room.ts";

/** The most pages that may be open. */
const PAGES = 20;

/** The time between two pictures at least, and at most: a page that hears nothing for longer asks anew. */
const SOON = 200;
const LATE = 15_000;

/** The teacher's page, and what it asks for. It is for this machine alone, and for who has the token. */
export function pageRoutes(room: Room, draw: () => Picture, end: AbortSignal): Hono {
  const app = new Hono();
  let open = 0;

  app.use(async (context, next) => {
    const { address = "" } = getConnInfo(context).remote;
    if (/^(?:127\.|::1$|::ffff:127\.)/.test(address)) return next();
    return context.text(
      "This is the board of the class. In a terminal: pnpm workshop join <address>\n",
      403,
    );
  });
  app.use(
    secureHeaders({
      strictTransportSecurity: false, // it is a room without certificates
      contentSecurityPolicy: {
        ...{ defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"] },
        ...{ imgSrc: ["'self'"], connectSrc: ["'self'"], frameAncestors: ["'none'"] },
      },
    }),
  );

  app.use("/secret/:token/*", async (context, next) => {
    if (isSame(context.req.param("token"), room.kept.token)) return next();
    return context.text("wrong token\n", 403);
  });
  app.get("/secret/:token/pictures", (context) => {
    if (open >= PAGES) return context.text("too many pages\n", 503);
    open++;
    return streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      try {
        while (!stream.aborted && !end.aborted) {
          await stream.writeSSE({ data: JSON.stringify(draw()) });
          await sleep(SOON);
          const signal = AbortSignal.any([end, gone.signal, AbortSignal.timeout(LATE)]);
          await once(room.changes, "change", { signal }).catch(() => {}); // it is late, or over
        }
      } finally {
        open--;
      }
    });
  });
  app.delete("/secret/:token/students/:id", (context) => {
    room.remove(Number(context.req.param("id")));
    return context.body(null, 204);
  });

  app.get("/:name?", (context) => {
    const file = pageFile(context.req.param("name") ?? "index.html");
    if (file === undefined) return context.text("not found\n", 404);
    return context.body(file.text, 200, { "content-type": file.type, "cache-control": "no-store" });
  });
  return app;
}
