import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

/**
 * Lets everybody in the room at it.
 *
 * @throws {Error} when the port is taken, or root's, with what to type
 */
export async function listen(room: Hono, port: number, folder: string): Promise<Server> {
  const server = createAdaptorServer({ fetch: room.fetch }) as Server;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(port, "0.0.0.0", resolve);
    });
  } catch (error) {
    const other = `pnpm workshop serve ${folder} --port ${port < 1024 ? 8000 : port + 1}`;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new Error(`port ${port} is taken: type "${other}"`);
    if (code === "EACCES") throw new Error(`port ${port} is only for root: type "${other}"`);
    throw error;
  }
  return server;
}
