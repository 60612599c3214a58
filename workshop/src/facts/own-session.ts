import { readFileSync } from "node:fs";
import { parentOf } from "host";
import { expect, type Fact } from "./fact.ts";

export const hasOwnSession: Fact = {
  id: "own-session",
  title: "is in a session of its own, to which your terminal does not belong",
  async check({ shell }) {
    const { pid } = await shell();
    expect(
      sessionOf(pid) !== sessionOf(parentOf(pid)),
      "the session in /proc/<pid>/stat of the command is not that of run()",
      "it is the same",
      "A session has a controlling terminal, which every process in it may open as /dev/tty. detached: true, in run()'s spawn, begins a new one.",
    );
  },
};

/** Returns the session of a process: "pid (comm) state ppid pgrp session …". */
function sessionOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3];
}
