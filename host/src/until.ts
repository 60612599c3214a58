import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until something is the case, looking again and again.
 *
 * @param what named in the message if it does not come; a function tells its state at that time
 * @param look gives the thing once it is there, something falsy before
 * @param seconds how long to wait at most
 */
export async function until<T>(
  what: string | (() => string),
  look: () => T | Promise<T>,
  seconds = 120,
): Promise<NonNullable<T>> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end)
      throw new Error(`waited ${seconds} s for ${typeof what === "string" ? what : what()}`);
    await sleep(10);
  }
}
