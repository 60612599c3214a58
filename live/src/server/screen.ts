import { SerializeAddon } from "@xterm/addon-serialize";
import xterm from "@xterm/headless";

/** A terminal's screen, kept for pages that are opened or reloaded. */
export interface Screen {
  write(data: string, done: () => void): void;
  resize(columns: number, rows: number): void;
  /** Returns what is on it, with colours and modes, once all that was written is. */
  content(): Promise<string>;
}

export function openScreen(): Screen {
  const terminal = new xterm.Terminal({ scrollback: 1000, allowProposedApi: true });
  const serializer = new SerializeAddon();
  // The addon is typed for the terminal in a browser, of which it uses nothing else
  terminal.loadAddon(serializer as unknown as Parameters<typeof terminal.loadAddon>[0]);
  return {
    write: (data, done) => terminal.write(data, done),
    resize: (columns, rows) => terminal.resize(columns, rows),
    content: () =>
      new Promise((resolve) => terminal.write("", () => resolve(serializer.serialize()))),
  };
}
