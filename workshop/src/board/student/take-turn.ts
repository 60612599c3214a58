import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { text } from "node:stream/consumers";

/**
 * Lets one process at a time send a student's standing. The kernel gives its place away when it ends.
 *
 * @param wake is called when another one has come, and gone again: there may be news
 * @returns what ends the turn, or undefined when another process has it, and has been woken up
 */
export async function takeTurn(key: string, wake: () => void): Promise<(() => void) | undefined> {
  // An abstract address: no file, and nothing that could be left behind
  const address = `\0workshop-board-${createHash("sha256").update(key).digest("hex")}`;
  for (;;) {
    const server = createServer((socket) => {
      wake();
      socket.end(AWAKE);
    });
    try {
      await once(server.listen(address), "listening");
      return () => server.close();
    } catch (error) {
      // Only Linux has such addresses; elsewhere they take no turns
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") return () => {};
      if (await isAwake(address)) return undefined; // if not, it has just ended
    }
  }
}

const AWAKE = "awake";

async function isAwake(address: string): Promise<boolean> {
  return (await text(connect(address)).catch(() => "")) === AWAKE;
}
