import { until } from "host";
import type { FromPage, PictureMessage, ToPage } from "live/messages";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Live } from "./start-live.ts";

/** A page as the server sees it, without the page. */
export interface Client {
  socket: WebSocket;
  send(message: FromPage): void;
  type(terminal: number, keys: string): void;
  /** Returns what came for a terminal since the last screen that was sent as a whole. */
  text(terminal: number): string;
  /** Waits for something on a terminal. */
  shows(terminal: number, text: RegExp | string, seconds?: number): Promise<void>;
  picture(): PictureMessage | undefined;
  /** Waits for a picture. */
  sees(
    what: string,
    isSeen: (message: PictureMessage) => boolean,
    seconds?: number,
  ): Promise<PictureMessage>;
  /** Waits for a message of another type. */
  hears<Type extends ToPage["type"]>(
    type: Type,
    seconds?: number,
  ): Promise<Extract<ToPage, { type: Type }>>;
}

/** Opens a connection as the page does, and tells that all is drawn. */
export async function openClient(live: Live, draws = true): Promise<Client> {
  const socket = new WebSocket(
    `ws://${new URL(live.origin).host}/socket`,
    ["workshop-live", live.token],
    {
      origin: live.origin,
    },
  );
  const texts = new Map<number, string>();
  const messages: ToPage[] = [];
  let picture: PictureMessage | undefined;
  const send = (message: FromPage) => socket.send(JSON.stringify(message));
  socket.on("message", (data) => {
    const message: ToPage = JSON.parse(String(data));
    if (message.type === "picture") picture = message;
    else if (message.type === "data" || message.type === "screen") {
      const before = message.type === "data" ? (texts.get(message.terminal) ?? "") : "";
      texts.set(message.terminal, (before + message.data).slice(-200_000));
      const length = message.data.length;
      if (draws && length > 0) send({ type: "drawn", terminal: message.terminal, length });
    } else messages.push(message);
  });
  await new Promise((resolve, reject) => socket.on("open", resolve).on("error", reject));
  onTestFinished(() => socket.close());
  const text = (terminal: number) => texts.get(terminal) ?? "";
  return {
    socket,
    send,
    type: (terminal, keys) => send({ type: "type", terminal, data: keys }),
    text,
    shows: async (terminal, wanted, seconds) => {
      const isThere = () =>
        typeof wanted === "string" ? text(terminal).includes(wanted) : wanted.test(text(terminal));
      await until(() => `${wanted} in: ${text(terminal).slice(-2000)}`, isThere, seconds);
    },
    picture: () => picture,
    sees: async (what, isSeen, seconds) => {
      await until(
        () => `${what} in: ${JSON.stringify(picture)}`,
        () => picture && isSeen(picture),
        seconds,
      );
      return picture as PictureMessage;
    },
    hears: (type, seconds) =>
      until(
        () => `${type} in: ${JSON.stringify(messages)}`,
        () => messages.find((message) => message.type === type) as never,
        seconds,
      ),
  };
}
