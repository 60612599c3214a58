import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { type Reason, VERSION } from "../messages.ts";
import { countPerMinute } from "./count.ts";
import { isSame } from "./is-same.ts";
import { readStanding } from "./read-standing.ts";
import type { Room } from "./room.ts";

/** The most bytes in a message: a student with all stages sends a fifth of it. */
const BYTES = 8192;

/** The most messages in a minute: from one address, which a whole class may share, and from a student. */
const FROM_ADDRESS = 1200;
const FROM_STUDENT = 60;

/** The most wrong codes in a minute from one address. */
const GUESSES = 20;

const STATUS = {
  code: 404,
  crowded: 429,
  full: 503,
  left: 410,
  name: 409,
  unreadable: 400,
  version: 426,
} as const;

/** The requests of students to a board: to be on it, and to leave it. */
export function studentRoutes(room: Room): Hono {
  const [messages, guesses] = [countPerMinute(), countPerMinute()];
  const refuse = (context: Context, reason: Reason) =>
    context.json({ board: VERSION, reason }, STATUS[reason]);
  const app = new Hono();

  app.use("/:code/*", async (context, next) => {
    const address = getConnInfo(context).remote.address ?? "";
    messages.add(address);
    const isCrowded = messages.of(address) > FROM_ADDRESS || guesses.of(address) >= GUESSES;
    if (isCrowded) return refuse(context, "crowded");
    if (isSame(context.req.param("code"), room.kept.code)) return next();
    guesses.add(address);
    return refuse(context, "code");
  });

  const onError = (context: Context) => refuse(context, "unreadable");
  app.post("/:code", bodyLimit({ maxSize: BYTES, onError }), async (context) => {
    const standing = readStanding(await context.req.json().catch(() => undefined));
    if (typeof standing === "string") return refuse(context, standing);
    messages.add(standing.key);
    if (messages.of(standing.key) > FROM_STUDENT) return refuse(context, "crowded");
    const taken = room.take(standing);
    if ("reason" in taken) return refuse(context, taken.reason);
    return context.json({ board: VERSION, name: taken.name });
  });

  app.delete("/:code/:key", (context) => {
    room.leave(context.req.param("key"));
    return context.json({ board: VERSION, name: "" });
  });

  return app;
}
