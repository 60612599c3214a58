import { chownSync, closeSync, constants, openSync, symlinkSync } from "node:fs";
import path from "node:path";
import { MS_BIND, mknod, mount } from "shared-native";
import type { Linux } from "../config/linux.ts";
import { isRootOfHost } from "../container/user-namespace.ts";
import { atPlace } from "./places.ts";

type Device = Linux["devices"][number];

/** The devices of every container: a character device each, by its numbers. */
const DEFAULT: [name: string, major: number, minor: number][] = [
  ...([
    ["null", 1, 3],
    ["zero", 1, 5],
    ["full", 1, 7],
  ] as [string, number, number][]),
  ...([
    ["random", 1, 8],
    ["urandom", 1, 9],
    ["tty", 5, 0],
  ] as [string, number, number][]),
];

const LINKS = {
  fd: "/proc/self/fd",
  stdin: "/proc/self/fd/0",
  stdout: "/proc/self/fd/1",
  stderr: "/proc/self/fd/2",
  ptmx: "pts/ptmx",
};

const TYPES = {
  c: constants.S_IFCHR,
  u: constants.S_IFCHR,
  b: constants.S_IFBLK,
  p: constants.S_IFIFO,
};

/** Fills /dev with those that every container has, and those of config.json. */
export function makeDevices(root: number, devices: Device[]): void {
  for (const device of devices) make(root, device);
  for (const [name, major, minor] of DEFAULT) {
    const own = { fileMode: 0o666, uid: 0, gid: 0, major, minor };
    make(root, { type: "c", path: `/dev/${name}`, ...own });
  }
  atPlace(root, "/dev", "directory", (dev) => {
    for (const [name, target] of Object.entries(LINKS)) {
      unlessThere(() => symlinkSync(target, `${dev}/${name}`));
    }
  });
}

function make(root: number, { type, path: place, major, minor, fileMode, uid, gid }: Device) {
  atPlace(root, path.posix.dirname(place), "directory", (folder) => {
    const made = path.posix.join(folder, path.posix.basename(place));
    unlessThere(() => {
      if (type !== "p" && !isRootOfHost()) return bindDevice(place, made);
      mknod(made, TYPES[type] | fileMode, major, minor);
      chownSync(made, uid, gid);
    });
  });
}

/** Shows a device of the host's: nobody makes one in a user namespace. */
function bindDevice(device: string, made: string) {
  closeSync(openSync(made, "wx"));
  mount(device, made, null, MS_BIND);
}

/** Makes nothing in place of what the image, or config.json, has there already. */
function unlessThere(work: () => void) {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Shows a terminal of the host's as the container's console. */
export function bindConsole(root: number, terminal: string): void {
  atPlace(root, "/dev/console", "file", (target) => mount(terminal, target, null, MS_BIND));
}
