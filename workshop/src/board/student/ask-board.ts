import { type Reason, type Reply, VERSION } from "../messages.ts";
import type { Joined } from "./joined.ts";
import { standingOf } from "./standing-of.ts";

/** The time for an answer, in milliseconds. */
const PATIENCE = 5000;

export type Answer =
  /** It is on the board, under this name. */
  | { state: "taken"; name: string }
  /** Nobody answers, or nobody who is a board. */
  | { state: "away" }
  | { state: "refused"; reason: Reason };

/** Sends a student's standing. */
export function sendStanding(joined: Joined): Promise<Answer> {
  return ask(joined, "POST", "", { version: VERSION, ...standingOf(joined) });
}

/** Asks a board to take the student's row away. */
export function takeAway(joined: Joined): Promise<Answer> {
  return ask(joined, "DELETE", `/${joined.key}`);
}

async function ask(
  { address, code }: Joined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  let reply: Reply;
  try {
    const response = await fetch(`http://${address}/room/${code}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
    reply = (await response.json()) as Reply;
  } catch {
    return { state: "away" };
  }
  if (typeof reply?.board !== "number") return { state: "away" }; // another server
  if (reply.board !== VERSION) return { state: "refused", reason: "version" };
  if ("name" in reply) return { state: "taken", name: reply.name };
  return { state: "refused", reason: reply.reason };
}
