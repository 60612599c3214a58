import { once } from "node:events";
import { interruption } from "host";
import { roomAddresses } from "../board/room/addresses.ts";
import { findRoom } from "../board/room/keep-room.ts";
import type { Kept } from "../board/room/room.ts";
import { serveBoard } from "../board/room/serve-board.ts";
import { paint } from "../terminal/paint.ts";

interface Options {
  port: number;
  new: boolean;
}

/** Runs `pnpm workshop board`: shows a teacher how far each student has got, until Ctrl-C. */
export async function board({ port, new: isNew }: Options): Promise<void> {
  const signal = interruption();
  const room = findRoom(isNew, port);
  const server = await serveBoard(room).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EADDRINUSE" && error.code !== "EACCES") throw error;
    throw new Error(`port ${room.port} is not free: type "pnpm workshop board --port <number>"`);
  });
  console.log(welcome(room));
  if (!signal.aborted) await once(signal, "abort");
  server.close();
}

function welcome(room: Kept): string {
  const { port, token, since, students } = room;
  const back = Object.keys(students).length;
  const addresses = roomAddresses(room);
  const isAlone = addresses.every((address) => address.startsWith("127."));
  return [
    "",
    "  For the students, each with their own name:",
    "",
    ...addresses.map((address) => `    ${paint("bold", `pnpm workshop join ${address} Name`)}`),
    ...(isAlone
      ? ["", "  But this machine is in no network: start the board again when it is."]
      : []),
    "",
    "  For you, in a browser on this machine:",
    "",
    `    ${paint("bold", `http://127.0.0.1:${port}/#token=${token}`)}`,
    "",
    ...(back > 0
      ? [`  ${back} students are still there from ${since.slice(0, 10)}; --new begins anew.`]
      : []),
    "  Ctrl-C ends the board. Students lose nothing, and it goes on when you start it again.",
    "",
  ].join("\n");
}
