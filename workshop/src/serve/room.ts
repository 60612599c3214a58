import { getConnInfo } from "@hono/node-server/conninfo";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import type { Pack } from "./find-pack.ts";
import { roomPage } from "./page.ts";
import { startAt } from "./start-line.ts";

/** A name or an address, and a port: what is put into the script that students run. */
const PLACE = /^[a-z0-9.-]+(:\d{1,5})?$/i;

/**
 * Makes what the room gets: a page, the files of the pack, and the course.
 *
 * @param course the folder of the built course
 * @param tell is told the address of each computer that asks for a file
 */
export function makeRoom(pack: Pack, course: string, tell: (address: string) => void): Hono {
  const room = new Hono();
  room.use(async ({ req, text }, next) => {
    if (!PLACE.test(req.header("host") ?? "")) return text("no such address\n", 400);
    await next();
  });
  room.get("/", async ({ req, html }) =>
    html(roomPage(await startAt(req.header("host") ?? "", pack), pack)),
  );
  room.get("/start", async ({ req, text }) =>
    text((await startAt(req.header("host") ?? "", pack)).script),
  );
  room.get("/course", ({ redirect }) => redirect("/course/index.html"));
  room.use(
    "/course/*",
    serveStatic({ root: course, rewriteRequestPath: (path) => path.slice("/course".length) }),
  );
  for (const name of pack.sizes.keys()) {
    room.use(
      `/${name}`,
      serveStatic({
        root: pack.folder,
        path: name,
        onFound: (_, context) => tell(getConnInfo(context).remote.address ?? ""),
      }),
    );
  }
  return room;
}
