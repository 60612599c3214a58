import { existsSync, readFileSync } from "node:fs";
import { isatty } from "node:tty";

/** Tells whether the terminal sends its signals to our process group. */
export function inForeground(): boolean {
  if (!existsSync("/proc/self/stat")) return isatty(0); // the command has unmounted /proc
  const { group, foreground } = read("self");
  return group === foreground;
}

/** Tells whether our process may read from its terminal, and change it: it is no other job's. */
export function mayUseTerminal(): boolean {
  if (!existsSync("/proc/self/stat")) return true;
  const { group, foreground } = read("self");
  return group === foreground || foreground === "-1"; // -1: the terminal is not that of our session
}

/** Tells whether a process is in our process group, and gets the signals that a terminal sends to it. */
export function isInOurGroup(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return true;
  return read(pid).group === read("self").group;
}

function read(pid: number | "self"): { group: string | undefined; foreground: string | undefined } {
  // "pid (comm) state ppid pgrp session tty_nr tpgid …"; comm may contain anything, ")" too.
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { group, foreground };
}
