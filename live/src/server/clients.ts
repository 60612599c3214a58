import type { WebSocket } from "ws";
import { type FromPage, TERMINALS, type ToPage } from "../messages.ts";
import type { Screen } from "./screen.ts";

/** The characters that a page may be behind with a terminal. Then it gets what is on the screen at last. */
const BEHIND = 200_000;

/** A page that is open. */
export interface Client {
  send(message: ToPage): void;
  /** Sends what a terminal shows, as far as the page can follow. */
  show(terminal: number, data: string): void;
}

/** Attends to a page: what is drawn there, and what is typed. */
export function attend(
  socket: WebSocket,
  screens: Screen[],
  take: (message: Exclude<FromPage, { type: "drawn" }>) => void,
): Client {
  const pending = TERMINALS.map(() => 0);
  const isBehind = TERMINALS.map(() => false);
  /** The output that came while the content of a screen was being put together, which does not have it. */
  const later: (string | undefined)[] = TERMINALS.map(() => undefined);
  const send = (message: ToPage) => socket.send(JSON.stringify(message));

  async function catchUp(terminal: number): Promise<void> {
    const index = terminal - 1;
    isBehind[index] = false;
    later[index] = "";
    const data = (await screens[index]?.content()) ?? "";
    pending[index] = data.length;
    send({ type: "screen", terminal, data });
    const more = later[index] ?? "";
    later[index] = undefined;
    if (more) show(terminal, more);
  }

  function show(terminal: number, data: string): void {
    const index = terminal - 1;
    if (isBehind[index]) return;
    if (later[index] !== undefined) {
      later[index] += data;
      return;
    }
    const length = (pending[index] ?? 0) + data.length;
    if (length > BEHIND && pending[index] !== 0) {
      isBehind[index] = true;
      return;
    }
    pending[index] = length;
    send({ type: "data", terminal, data });
  }

  socket.on("message", (text) => {
    const message = readMessage(String(text));
    if (message === undefined) return socket.close(1008, "not a message of this page");
    if (message.type !== "drawn") return take(message);
    const index = message.terminal - 1;
    pending[index] = Math.max(0, (pending[index] ?? 0) - message.length);
    if (pending[index] === 0 && isBehind[index]) void catchUp(message.terminal);
  });
  for (const terminal of TERMINALS) void catchUp(terminal);

  return { send, show };
}

/** Reads a message of the page, or returns undefined for anything else. */
function readMessage(text: string): FromPage | undefined {
  let message: FromPage;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isSize = (size: unknown, most: number) =>
    Number.isInteger(size) && Number(size) > 0 && Number(size) <= most;
  if (message?.type === "reopen") return { type: "reopen" };
  if (!TERMINALS.some((terminal) => terminal === message?.terminal)) return undefined;
  switch (message.type) {
    case "type":
      return typeof message.data === "string" ? message : undefined;
    case "resize":
      return isSize(message.columns, 1000) && isSize(message.rows, 1000) ? message : undefined;
    case "drawn":
      return isSize(message.length, 1e9) ? message : undefined;
  }
}
