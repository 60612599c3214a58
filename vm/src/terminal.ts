import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";

/** Whether the command inside gets the terminal. */
export function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Whether it can be opened anew, as the kernel's console: after su(1) it is still another user's. */
export function mayOpenTerminal(): boolean {
  try {
    accessSync("/proc/self/fd/0", constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** As stty takes it. */
export function terminalSize(): string {
  return `rows ${process.stdout.rows} columns ${process.stdout.columns}`;
}

/** Returns what gives the terminal its settings back: the kernel changes them. */
export function keepTerminal(): () => void {
  if (!isTerminal()) return () => {};
  const settings = stty("-g").trim();
  return () => {
    try {
      stty(settings);
    } catch {
      // The terminal was closed, which is why we end.
    }
  };
}

function stty(...args: string[]): string {
  return execFileSync("stty", args, { stdio: ["inherit", "pipe", "ignore"], encoding: "utf8" });
}
