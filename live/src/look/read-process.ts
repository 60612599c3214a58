import { NAMESPACES, type View } from "./picture.ts";
import type { ProcFolder } from "./proc-folder.ts";

/** A process as /proc tells of it, before it is compared with the host's. */
export interface Reading {
  pid: number;
  inside: number | undefined;
  parent: number;
  command: string;
  role: "run" | "child" | undefined;
  screen: number | undefined;
  threads: number;
  isZombie: boolean;
  namespaces: View["namespaces"];
  /** Its root directory: the path, as the host has it, and which it is. */
  root: { path: string; place: string };
  /** The cgroup that counts its tasks. */
  cgroup: string;
}

/** PF_KTHREAD in <linux/sched.h>: a thread of the kernel, which is in no container. */
const PF_KTHREAD = 0x00200000;

/** The text of /proc/<pid>/stat, and its parts that matter here. */
export interface Stat {
  text: string;
  state: string;
  parent: number;
  isKernel: boolean;
  screen: number | undefined;
  threads: number;
}

/** Reads /proc/<pid>/stat, or returns undefined when the process has ended. */
export function readStat(proc: ProcFolder, pid: number): Stat | undefined {
  const text = proc.read(`${pid}/stat`);
  // The name is in parentheses, and may hold some itself
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", parent, group, , terminal, foreground, flags, ...more] = fields;
  if (text === "") return undefined;
  // A zombie has 0 threads there, and counts as a task all the same
  const isKernel = (Number(flags) & PF_KTHREAD) !== 0;
  const screen = group === foreground ? Number(terminal) : undefined;
  return { text, state, parent: Number(parent), isKernel, screen, threads: Number(more[10]) || 1 };
}

/**
 * Reads all that is drawn of a process.
 *
 * @param before what it was at the last look: a process that is ending has no namespaces any more, and
 *   stays where it was
 */
export function readProcess(proc: ProcFolder, pid: number, stat: Stat, before?: Reading): Reading {
  const { parent, screen, threads, state } = stat;
  const isZombie = state === "Z" || state === "X";
  const namespaces = readNamespaces(proc, pid);
  const isEnding = namespaces.uts === undefined;
  if (isEnding && before) return { ...before, parent, screen, threads, isZombie };
  const words = proc.read(`${pid}/cmdline`).split("\0").slice(0, -1);
  const name = stat.text.slice(stat.text.indexOf("(") + 1, stat.text.lastIndexOf(")"));
  const [, numbers = ""] = /^NSpid:\t(.*)$/m.exec(proc.read(`${pid}/status`)) ?? [];
  return {
    pid,
    inside: numbers.split("\t").slice(1).map(Number).at(-1),
    parent,
    command: printable(words.join(" ") || `[${name}]`),
    role: roleOf(words),
    screen,
    threads,
    isZombie,
    namespaces,
    root: { path: proc.link(`${pid}/root`), place: proc.place(`${pid}/root/.`) },
    cgroup: cgroupThatCounts(proc.read(`${pid}/cgroup`)),
  };
}

/** Returns the numbers of a process's namespaces: none but pid and user while it is ending. */
function readNamespaces(proc: ProcFolder, pid: number): View["namespaces"] {
  const namespaces: View["namespaces"] = {};
  for (const name of NAMESPACES) {
    const [, number] = /\[(\d+)\]$/.exec(proc.link(`${pid}/ns/${name}`)) ?? [];
    if (number) namespaces[name] = number;
  }
  return namespaces;
}

/** Tells which half of a stage a command line is: "node … src/main.ts run /bin/bash". */
function roleOf(words: string[]): Reading["role"] {
  const mode = words[words.findIndex((word) => word.endsWith("src/main.ts")) + 1];
  const isNode = /(?:^|\/)(?:node|exe)$/.test(words[0] ?? "");
  return isNode && (mode === "run" || mode === "child") ? mode : undefined;
}

/** Returns the path of the cgroup in the hierarchy that has the pids controller. */
function cgroupThatCounts(text: string): string {
  const lines = text.split("\n").map((line) => /^\d+:([^:]*):(.*)$/s.exec(line));
  const v1 = lines.find((line) => line?.[1]?.split(",").includes("pids"));
  const v2 = lines.find((line) => line?.[1] === "");
  return (v1 ?? v2)?.[2] ?? "/";
}

/** Shows characters that a screen would obey: control characters, and those that turn text around. */
function printable(text: string): string {
  return text.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "·");
}
