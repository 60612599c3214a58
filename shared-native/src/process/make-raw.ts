import { execFileSync, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { mayUseTerminal } from "./foreground.ts";

/** A script that waits until its input ends, then restores the terminal. */
const WATCH = 'read -r line; exec stty "$1" <&3';

/**
 * Makes our terminal raw: it sends no signals for keys, and characters go through as they are. Another
 * process watches this one, and restores the terminal after SIGKILL. That has a session of its own: who
 * is in the background of a terminal may not change it.
 *
 * @param fd a descriptor of the terminal
 * @returns a function that restores it
 * @throws {Error} when there is no stty(1)
 */
export function makeRaw(fd: number): () => void {
  const before = stty(fd, "-g");
  stty(fd, "raw", "-echo");
  const watcher = spawn("/bin/sh", ["-c", WATCH, "sh", before], {
    stdio: ["pipe", "ignore", "ignore", fd],
    detached: true,
    cwd: "/",
  });
  watcher.unref();
  (watcher.stdin as Socket).unref();
  return () => {
    watcher.kill("SIGKILL");
    if (mayUseTerminal()) stty(fd, before);
  };
}

function stty(fd: number, ...args: string[]): string {
  return execFileSync("stty", args, { stdio: [fd, "pipe", "inherit"], encoding: "utf8" }).trim();
}
