import { closeSync, constants, openSync, readlinkSync } from "node:fs";
import { isatty } from "node:tty";
import { ioctl, ptsname, TIOCSCTTY, unlockpt } from "../libc/terminal.ts";
import { carry } from "./carry.ts";

const OPTIONS = constants.O_RDWR | constants.O_NOCTTY;

/** A terminal between a container and ours. */
export interface Terminal {
  /** The descriptors that a child gets as standard input, output and error. */
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
  const ours = [0, 1, 2].filter((fd) => isatty(fd));
  if (ours.length === 0) {
    return { stdio: ["inherit", "inherit", "inherit"], connect() {}, drain: async () => {} };
  }
  const master = openSync("/dev/ptmx", OPTIONS);
  unlockpt(master);
  // Kept open until the end: the child may close it, and open it again
  const slave = openSync(ptsname(master), OPTIONS);
  let drained = Promise.resolve();
  return {
    stdio: [0, 1, 2].map((fd) => (ours.includes(fd) ? slave : "inherit")),
    connect() {
      drained = carry(master, ours);
    },
    drain() {
      closeSync(slave); // when nobody has it open, and all is read, reading from the master fails
      return drained;
    },
  };
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
