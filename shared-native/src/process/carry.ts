import { constants, openSync } from "node:fs";
import { isatty, ReadStream } from "node:tty";
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
  const ours = open(first);
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
  const stop = first === 0 ? carryKeys(theirs, descriptors.includes(1)) : () => {};
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

/** Opens our terminal once more, to read and to write, however it was opened. */
function open(fd: number): ReadStream {
  const { O_RDWR, O_NOCTTY } = constants;
  return new ReadStream(openSync(`/proc/self/fd/${fd}`, O_RDWR | O_NOCTTY));
}

/**
 * Carries the keys, whenever this process is in the foreground: else they are for another job.
 *
 * @param isRaw or else we leave the terminal as it is: in a pipeline, less makes it raw, and restores it
 * @returns a function that ends it
 */
function carryKeys(theirs: ReadStream, isRaw: boolean): () => void {
  let stop: (() => void) | undefined;
  const begin = () => {
    if (stop !== undefined || !mayUseTerminal()) return;
    const restore = isRaw ? makeRaw(0) : () => {};
    const keys = open(0);
    keys.on("error", () => {}); // EIO: it was closed
    keys.pipe(theirs, { end: false });
    // Ctrl-D, unless it is raw, or closed: the same key for the other one
    keys.on("end", () => isatty(0) && theirs.write("\x04", again));
    stop = () => {
      keys.destroy();
      restore();
      stop = undefined;
    };
  };
  const again = () => {
    stop?.();
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
    stop?.();
  };
}
