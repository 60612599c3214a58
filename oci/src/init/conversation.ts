import { closeSync, readSync, writeSync } from "node:fs";

/** The descriptor on which a child talks to who has started it. */
const PIPE = 3;

/** Says how far this process has come, and waits until it may go on. Ends when nobody listens any more. */
export function tell(word: "loaded" | "mounted"): void {
  writeSync(PIPE, word);
  if (readSync(PIPE, Buffer.alloc(2)) === 0) process.exit(1); // create has failed, and says why itself
}

/** Says the last word: from here on, nobody listens. */
export function tellReady(): void {
  writeSync(PIPE, "ready");
  closeSync(PIPE);
}

/** Says why it has failed, and ends. */
export function tellError(message: string): never {
  try {
    writeSync(PIPE, `error ${message}`);
  } catch {
    // create has ended: there is nobody to tell
  }
  process.exit(1);
}
