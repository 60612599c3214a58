import { closeSync, constants, openSync, readlinkSync } from "node:fs";
import { isatty, ReadStream, type WriteStream } from "node:tty";
import { ioctl, ptsname, TIOCSCTTY, TIOCSWINSZ, unlockpt } from "../libc/terminal.ts";
import { inForeground } from "./foreground.ts";

const OPTIONS = constants.O_RDWR | constants.O_NOCTTY;

/** A terminal between a container and ours. */
export interface Terminal {
  /** What a child gets as standard input, output and error. */
  stdio: (number | "inherit")[];
  /** Begins to carry characters across, and the size of the window. Call it when there is a child. */
  connect(): void;
  /** Waits until everything that was written to it is on ours. Call it when the child has ended. */
  drain(): Promise<void>;
}

/**
 * Opens a new terminal for a child that is not to have ours: who has a terminal open may put characters
 * into its input, as if they had been typed. Input, output or error that is no terminal is inherited.
 *
 * @throws {Error} when there are no more terminals, or there is no /dev/ptmx
 * @see https://man7.org/linux/man-pages/man7/pty.7.html
 */
export function openTerminal(): Terminal {
  const ours = [0, 1, 2].map((fd) => isatty(fd));
  if (!ours.includes(true)) {
    return { stdio: ["inherit", "inherit", "inherit"], connect() {}, drain: async () => {} };
  }
  const master = openSync("/dev/ptmx", OPTIONS);
  unlockpt(master);
  const slave = openSync(ptsname(master), OPTIONS);
  let drained = Promise.resolve();
  return {
    stdio: ours.map((isOurs) => (isOurs ? slave : "inherit")),
    connect() {
      closeSync(slave); // the child has it: when nobody has, reading from the master ends
      drained = carry(master);
    },
    drain: () => drained,
  };
}

/** Carries characters between a master and our terminal. */
function carry(master: number): Promise<void> {
  const stream = new ReadStream(master);
  const output = [process.stdout, process.stderr].find(({ isTTY }) => isTTY);
  const resize = () => {
    const { rows = 24, columns = 80 } = (output ?? {}) as Partial<WriteStream>;
    // struct winsize { unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel; }
    ioctl(master, TIOCSWINSZ, Buffer.from(new Uint16Array([rows, columns, 0, 0]).buffer));
  };
  resize();
  output?.on("resize", resize);
  // Ours makes \r\n of \n, also when it is raw for Node, and so has the other done
  stream.setEncoding("latin1").on("data", (text: string) => {
    output?.write(text.replaceAll("\r\n", "\n"), "latin1");
  });
  // In the background, touching our terminal would stop this process
  const input = process.stdin.isTTY && inForeground() ? process.stdin : undefined;
  input?.setRawMode(true).on("data", (keys) => stream.write(keys));
  return new Promise((resolve) => {
    stream.on("error", () => {}); // EIO: nobody has the terminal open any more
    stream.on("close", () => {
      output?.off("resize", resize);
      input?.setRawMode(false).pause();
      resolve();
    });
  });
}

/**
 * Makes the terminal that this process has got its controlling terminal, so that keys send signals and
 * a shell has job control. This process has to lead its session: `detached` in spawn's options.
 *
 * @returns its path on the host, or undefined when there is none
 * @throws {SyscallError} what ioctl(2) gives
 */
export function takeTerminal(): string | undefined {
  const fd = [0, 1, 2].find((each) => isatty(each));
  if (fd === undefined) return undefined;
  ioctl(fd, TIOCSCTTY);
  return readlinkSync(`/proc/self/fd/${fd}`);
}
