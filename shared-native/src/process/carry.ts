import { constants, openSync } from "node:fs";
import { ReadStream } from "node:tty";
import { ioctl, TIOCGWINSZ, TIOCSWINSZ } from "../libc/terminal.ts";
import { mayUseTerminal } from "./foreground.ts";
import { makeRaw } from "./make-raw.ts";

/**
 * Carries characters between our terminal and the master of another one, and the size of the window,
 * until nobody has the other one open any more.
 *
 * @param master its descriptor
 * @param descriptors those of 0, 1 and 2 that are our terminal, at least one
 */
export function carry(master: number, descriptors: number[]): Promise<void> {
  const [first = 0] = descriptors;
  // Once more, to read and to write, however it was opened
  const { O_RDWR, O_NOCTTY } = constants;
  const ours = new ReadStream(openSync(`/proc/self/fd/${first}`, O_RDWR | O_NOCTTY));
  const theirs = new ReadStream(master);
  const resize = () => {
    const size = Buffer.alloc(8); // struct winsize
    ioctl(first, TIOCGWINSZ, size);
    ioctl(master, TIOCSWINSZ, size);
  };
  resize();
  process.on("SIGWINCH", resize);
  theirs.pipe(ours, { end: false });
  ours.on("error", () => {}); // EIO: it was closed
  ours.on("close", () => theirs.resume()); // what comes then is lost, and nobody waits for it
  const stop = first === 0 ? carryKeys(ours, theirs, descriptors.includes(1)) : () => {};
  return new Promise((resolve) => {
    theirs.on("error", () => {}); // EIO: nobody has it open any more
    theirs.on("close", () => {
      // When all that was written before is on the screen
      ours.write("", () => {
        process.off("SIGWINCH", resize);
        stop();
        ours.destroy();
        resolve();
      });
    });
  });
}

/**
 * Carries the keys, whenever this process is in the foreground: else they are for another job.
 *
 * @param isRaw or else we leave the terminal as it is: in a pipeline, less makes it raw, and restores it
 * @returns a function that ends it
 */
function carryKeys(ours: ReadStream, theirs: ReadStream, isRaw: boolean): () => void {
  let restore: (() => void) | undefined;
  const begin = () => {
    if (restore !== undefined || !mayUseTerminal()) return;
    restore = isRaw ? makeRaw(0) : () => {};
    ours.pipe(theirs, { end: false });
  };
  const stop = () => {
    ours.unpipe(theirs);
    restore?.();
    restore = undefined;
  };
  const again = () => {
    stop();
    begin();
  };
  begin();
  // A shell that continues a stopped job may have changed the terminal. A job that runs is not even told
  // that it has come into the foreground
  process.on("SIGCONT", again);
  const timer = setInterval(begin, 200);
  return () => {
    process.off("SIGCONT", again);
    clearInterval(timer);
    stop();
  };
}
