import { spawn } from "@lydell/node-pty";
import { type Host, repo } from "host";
import { connectKeyboard, fieldsOfStat } from "./keyboard.ts";

/** A shell in a terminal of its own. */
export interface Terminal {
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** The number of its device, as /proc/<pid>/stat has it. */
  device(): number;
  pause(): void;
  resume(): void;
  /** Closes it, as one closes its window. */
  close(): void;
}

const SHELL = ["bash", "--norc", "--noprofile"];

/** Opens a shell on a host. When it ends, the next key starts another one. */
export function openTerminal(host: Host, print: (data: string) => void): Terminal {
  let size = { cols: 80, rows: 24 };
  let closed = false;
  let pty: ReturnType<typeof start> | undefined = start();

  function start() {
    const [file = "", ...args] = [...host.enter(repo), ...SHELL];
    const started = spawn(file, args, { ...size, name: "xterm-256color", env: environment() });
    // node-pty has it, and its types do not
    const { fd } = started as unknown as { fd: number };
    const keyboard = connectKeyboard(fd, started.pid);
    started.onData(print);
    started.onExit(({ exitCode, signal }) => {
      pty = undefined;
      keyboard.close();
      const status = signal ? 128 + signal : exitCode;
      if (!closed) print(`\r\n[the shell has ended with ${status}: a key starts another one]\r\n`);
    });
    return Object.assign(started, { keyboard });
  }

  return {
    type(keys) {
      if (closed) return;
      if (pty) pty.keyboard.type(keys);
      else pty = start();
    },
    resize(columns, rows) {
      size = { cols: columns, rows };
      pty?.resize(columns, rows);
    },
    device: () => Number(pty && fieldsOfStat(pty.pid)[4]) || 0,
    pause: () => pty?.pause(),
    resume: () => pty?.resume(),
    close() {
      closed = true;
      pty?.kill("SIGHUP");
    },
  };
}

function environment(): Record<string, string> {
  const all = { ...process.env, COLORTERM: "truecolor", PS1: "root@\\h:\\W# ", HISTFILE: "" };
  return all as Record<string, string>;
}
