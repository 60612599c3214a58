import { chownSync, closeSync, constants, openSync } from "node:fs";
import {
  dup2,
  ioctl,
  MS_BIND,
  mount,
  ptsname,
  sendDescriptor,
  TIOCSCTTY,
  TIOCSWINSZ,
  unlockpt,
} from "shared-native";
import type { Process } from "../config/process.ts";

/** The descriptor of the socket that an engine waits at. */
const SOCKET = 4;

/**
 * Opens a terminal of the container's own, sends its other end to the engine, and makes it input, output
 * and error of this process.
 *
 * @param asConsole true if it is also to be /dev/console
 */
export function openConsole({ user, consoleSize }: Process, asConsole: boolean): void {
  const flags = constants.O_RDWR | constants.O_NOCTTY;
  const master = openSync("/dev/ptmx", flags);
  unlockpt(master);
  const name = ptsname(master);
  const slave = openSync(name, flags);
  // struct winsize { unsigned short ws_row, ws_col, ws_xpixel, ws_ypixel; }
  const { height, width } = consoleSize ?? { height: 0, width: 0 };
  ioctl(slave, TIOCSWINSZ, Buffer.from(new Uint16Array([height, width, 0, 0]).buffer));
  chownSync(name, user.uid, user.gid);
  if (asConsole) {
    closeSync(openSync("/dev/console", "a", 0o600));
    mount(name, "/dev/console", null, MS_BIND);
  }
  sendDescriptor(SOCKET, master, name);
  closeSync(master);
  for (const fd of [0, 1, 2]) dup2(slave, fd);
  closeSync(slave);
  ioctl(0, TIOCSCTTY);
}
