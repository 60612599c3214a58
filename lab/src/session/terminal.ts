import { execFileSync } from "node:child_process";
import type { Machine } from "../machine/start-machine.ts";

/** Tells whether the command inside gets the terminal. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Returns the size of the terminal's window, as stty(1) takes it. */
export function windowSize(): string {
  return `rows ${process.stdout.rows} columns ${process.stdout.columns}`;
}

/**
 * Connects the terminal with the machine's, to which each key goes, Ctrl-C too.
 *
 * @returns a function that gives it back, with the settings that it had
 */
export function lendTerminal({ terminal, session }: Machine): () => void {
  const settings = stty("-g").trim();
  stty("raw", "-echo"); // Node's own raw mode still makes "\r\n" of "\n"
  process.stdin.pipe(terminal);
  const resize = () => session.write(`${windowSize()}\n`);
  process.stdout.on("resize", resize);
  return () => {
    process.stdout.off("resize", resize);
    process.stdin.unpipe(terminal).pause();
    try {
      stty(settings);
    } catch {
      // The terminal was closed, which is why we end
    }
  };
}

function stty(...args: string[]): string {
  return execFileSync("stty", args, { stdio: ["inherit", "pipe", "ignore"], encoding: "utf8" });
}
