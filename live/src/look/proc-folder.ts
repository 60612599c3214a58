import { closeSync, openSync, readdirSync, readlinkSync, readSync, statSync } from "node:fs";

/** A /proc that is held open: it stays readable when somebody unmounts it. */
export interface ProcFolder {
  /** Lists the numbers of all processes. */
  pids(): number[];
  /** Reads a file, empty when its process has ended. */
  read(file: string): string;
  /** Reads a link, empty when its process has ended. */
  link(file: string): string;
  /** Returns the device and inode that a link leads to. */
  place(file: string): string;
  /** Its path, for who opens more. */
  path: string;
  close(): void;
}

const buffer = Buffer.allocUnsafe(1 << 16);

/** Opens the /proc of a host, such as /proc/<its process 1>/root/proc. */
export function openProcFolder(folder: string): ProcFolder {
  const descriptor = openSync(folder, "r");
  const path = `/proc/self/fd/${descriptor}`;
  return {
    path,
    pids: () =>
      attempt([], () =>
        readdirSync(path)
          .map(Number)
          .filter(Boolean)
          .sort((a, b) => a - b),
      ),
    read: (file) => attempt("", () => readAll(`${path}/${file}`)),
    link: (file) => attempt("", () => readlinkSync(`${path}/${file}`)),
    place: (file) =>
      attempt("", () => {
        const { dev, ino } = statSync(`${path}/${file}`);
        return `${dev}:${ino}`;
      }),
    close: () => closeSync(descriptor),
  };
}

/** Reads a file in four calls, or one more for each part of a long one: Node's readFileSync makes six. */
export function readAll(file: string): string {
  const descriptor = openSync(file, "r");
  try {
    let text = "";
    for (;;) {
      const length = readSync(descriptor, buffer, 0, buffer.length, null);
      if (length === 0) return text;
      text += buffer.toString("utf8", 0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Returns what a function gives, or something else when the process has ended meanwhile. */
function attempt<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
