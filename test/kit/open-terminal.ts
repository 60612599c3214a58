import { spawn } from "@lydell/node-pty";
import { sendSignal, until } from "host";
import { onTestFinished } from "vitest";

/** A command in a terminal of its own. */
export interface Terminal {
  /** The PID of the command. */
  pid: number;
  type(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Returns all that was written to it so far. */
  screen(): string;
  /** Waits until something is on the screen, so many times. */
  shows(text: RegExp, times?: number): Promise<unknown>;
  /** Closes it, as one closes its window: the processes in it get SIGHUP. */
  close(): void;
  /** Returns the PID of run(), when a stage runs in it. */
  main(): number;
  /** Waits for the end of the command, and returns its exit status as a shell gives it. */
  status(): Promise<number | undefined>;
}

/** Starts a command in a new terminal. A stage that still runs in it ends with the test. */
export async function openTerminal(
  [file = "", ...args]: string[],
  { columns = 80, rows = 24 } = {},
): Promise<Terminal> {
  const env = { ...process.env, TERM: "xterm" };
  const pty = spawn(file, args, { cols: columns, rows, env });
  let screen = "";
  let status: number | undefined;
  pty.onData((text) => {
    screen += text;
  });
  pty.onExit(({ exitCode, signal }) => {
    status = signal ? 128 + signal : exitCode;
  });
  const terminal: Terminal = {
    pid: pty.pid,
    type: (keys) => pty.write(keys),
    resize: (columns, rows) => pty.resize(columns, rows),
    screen: () => screen,
    close: () => (pty as unknown as { destroy(): void }).destroy(), // its types do not list it
    main: () => Number(/main process .* as (\d+)/.exec(screen)?.[1]),
    shows: (text, times = 1) =>
      until(
        () => `${text} in: ${screen}`,
        () =>
          [...screen.matchAll(new RegExp(text, `${text.flags.replace("g", "")}g`))].length >= times,
      ),
    status: async () => {
      await until("the end of the command", () => status !== undefined);
      return status;
    },
  };
  onTestFinished(async () => {
    if (status === undefined) sendSignal(terminal.main() || pty.pid, "SIGTERM");
    await terminal.status();
  });
  return terminal;
}
