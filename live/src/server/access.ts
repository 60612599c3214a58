import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The subprotocol of our WebSocket. The token is another one that the page asks for beside it. */
export const PROTOCOL = "workshop-live";

/** Makes the token that opens the terminals: it is in the address that the user has, and nowhere else. */
export function makeToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * Tells whether a request may see the page. A name that is not this machine's own is one that somebody
 * has led here (DNS rebinding); its port is free, as a virtual machine may have forwarded another.
 */
export function maySee(headers: IncomingHttpHeaders): boolean {
  const { host = "", "sec-fetch-site": site = "none", "sec-fetch-mode": mode } = headers;
  if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i.test(host)) return false;
  // Typed, or a link: then no other page has it in a frame or runs it as a script
  return site === "same-origin" || site === "none" || (mode === "navigate" && isTop(headers));
}

function isTop(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-dest"] === "document";
}

/** Tells whether a WebSocket may type: our own page, which has been given the token. */
export function mayType(headers: IncomingHttpHeaders, token: string): boolean {
  if (!maySee(headers) || headers.origin !== `http://${headers.host}`) return false;
  const [protocol, given = "", ...more] = (headers["sec-websocket-protocol"] ?? "").split(/, */);
  return protocol === PROTOCOL && more.length === 0 && isSame(given, token);
}

/** Compares in a time that tells nothing about where they differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
