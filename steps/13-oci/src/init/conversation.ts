import { closeSync, readSync, writeSync } from "node:fs";

/** The descriptor on which a child talks to who has started it. */
const PIPE = 3;

/**
 * Says how far this process has come, and waits until it may go on.
 *
 * @throws {Error} when nobody listens any more
 */
export function tell(word: "loaded" | "mounted"): void {
  writeSync(PIPE, word);
  if (readSync(PIPE, Buffer.alloc(2)) === 0) throw new Error("child: create has ended");
}

/** Says the last word: from here on, nobody listens. */
export function tellReady(): void {
  writeSync(PIPE, "ready");
  closeSync(PIPE);
}

/** Says why it has failed, and ends. */
export function tellError(message: string): never {
  writeSync(PIPE, `error ${message}`);
  process.exit(1);
}
