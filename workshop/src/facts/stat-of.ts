import { readFileSync } from "node:fs";

/** Returns the session of a process and its controlling terminal: "pid (comm) state ppid pgrp session tty_nr …". */
export function statOf(pid: number): { session: string | undefined; terminal: string | undefined } {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [, , , session, terminal] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return { session, terminal };
}
