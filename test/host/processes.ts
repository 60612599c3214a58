import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** The PIDs of a process's children. */
export function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return []; // it has ended
  }
}

/** A process's namespace: "pid:[4026531836]", or undefined when the process has ended. */
export function namespaceOf(pid: number | "self", file: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${file}`);
  } catch {
    return undefined;
  }
}

/** Whether a process lives: a zombie does not. */
export function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** All processes that have a namespace, zombies too. */
export function processesIn(file: string, namespace: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && namespaceOf(pid, file) === namespace);
}
