import type { FromPage, ToPage } from "../src/messages.ts";

/** The state of the server: it answers, it is gone, or this page has no token for it. */
export type Standing = "opening" | "open" | "ended" | "refused";

/** A connection that is made again when it breaks. */
export interface Connection {
  send(message: FromPage): void;
}

/** The most characters in a message: a long paste goes in parts. */
const PART = 16_000;

/** Takes the token out of the address, so that no history and no projector shows it. */
export function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") ?? "none";
}

export function connect(
  token: string,
  hear: (message: ToPage) => void,
  tell: (standing: Standing) => void,
): Connection {
  let socket: WebSocket;
  open();

  function open(): void {
    socket = new WebSocket(`ws://${location.host}/socket`, ["workshop-live", token]);
    socket.onopen = () => tell("open");
    socket.onmessage = ({ data }) => hear(JSON.parse(data));
    socket.onclose = async () => {
      // A browser does not say why: if the page is still there, it was the token
      const answers = await fetch("./").then(
        ({ ok }) => ok,
        () => false,
      );
      tell(answers ? "refused" : "ended");
      setTimeout(open, 1000);
    };
  }

  function send(message: FromPage): void {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  return {
    send(message) {
      if (message.type !== "type") return send(message);
      for (let start = 0; start < message.data.length; start += PART) {
        send({ ...message, data: message.data.slice(start, start + PART) });
      }
    },
  };
}
