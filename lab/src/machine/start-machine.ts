import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import { qemuArguments, type Start } from "./qemu-arguments.ts";

/** A running machine. */
export interface Machine {
  /** Lines to it and from it, as lab/machine/session.sh describes them. */
  session: Duplex;
  files: Duplex;
  stdout: Socket;
  stderr: Socket;
  terminal: Duplex;
  /** A line for QEMU's own commands. */
  monitor: Duplex;
  /** Waits for the next line on `session`: undefined when the machine has ended. */
  hear(): Promise<string | undefined>;
  /** The lines that its kernel and systemd write. */
  log: Log;
  /** Ends it at once. */
  end(): void;
  /** Its end, once all that it has said is here. */
  ended: Promise<unknown>;
}

interface Log {
  onLine(listener: (line: string) => void): void;
  last(): string;
}

/** Starts a machine. It ends with this program, however that ends. */
export function startMachine(start: Start): Machine {
  const command = [start.architecture.program, ...qemuArguments(start)];
  // Elsewhere than on Linux the machine notices that nobody listens any more, and ends itself
  if (process.platform === "linux") command.unshift("setpriv", "--pdeathsig=KILL");
  const [file = "", ...args] = command;
  const qemu = spawn(file, args, {
    cwd: start.folder,
    // Each "pipe" is a socket: those of qemu-arguments.ts are the descriptors 3 to 8
    stdio: ["ignore", ...Array<"pipe">(8).fill("pipe")],
  });
  const [session, files, stdout, stderr, terminal, monitor] = socketsOf(qemu);
  return {
    ...{ session, files, stdout, stderr, terminal, monitor },
    hear: readLines(session),
    log: readLog(qemu),
    end: () => qemu.kill("SIGKILL"),
    ended: once(qemu, "close"),
  };
}

type Sockets = [Socket, Socket, Socket, Socket, Socket, Socket];

function socketsOf(qemu: ChildProcess): Sockets {
  const sockets = qemu.stdio.slice(3) as unknown as Sockets;
  // When the machine has ended, who waits for its lines is told: a write that fails says no more
  for (const socket of sockets) socket.on("error", () => {});
  return sockets;
}

function readLines(input: Duplex): () => Promise<string | undefined> {
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  return async () => {
    try {
      return (await lines.next()).value;
    } catch {
      return undefined; // it was ended while something for it was under way
    }
  };
}

/** Reads QEMU's output: the kernel's serial line, and QEMU's own complaints. */
function readLog({ stdout, stderr }: ChildProcess): Log {
  const listeners: ((line: string) => void)[] = [];
  const lines: string[] = [];
  for (const input of [stdout, stderr]) {
    if (input === null) continue;
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      lines.splice(0, lines.length - 20);
      for (const listener of listeners) listener(line);
    });
  }
  return { onLine: (listener) => listeners.push(listener), last: () => lines.join("\n") };
}
