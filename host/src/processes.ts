import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Lists the PIDs of a process's children. */
export function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return children.trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return []; // it has ended
  }
}

/**
 * Returns a process's namespace, "pid:[4026531836]", or undefined when the process has ended.
 *
 * @param pid its folder in /proc
 */
export function namespaceOf(pid: number | string, file: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/${file}`);
  } catch {
    return undefined;
  }
}

// In /proc/<pid>/status a process's own name may contain a carriage return, but no newline.

/** Tells whether a process is alive: a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    return !/\nState:\tZ/.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Tells whether a process waits: for input, for another process, for a time. */
export function isWaiting(pid: number): boolean {
  return /\nState:\tS/.test(read(`/proc/${pid}/status`));
}

/** Sends a signal to a process, unless it has ended. */
export function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Lists all processes that have a namespace, zombies too. */
export function processesIn(file: string, namespace: string): number[] {
  return allProcesses().filter((pid) => namespaceOf(pid, file) === namespace);
}

/** A namespace that is held open: its number is not reused, even when its processes have ended. */
export interface HeldNamespace {
  processes(): number[];
  close(): void;
}

/** Holds a process's namespace open, or returns undefined when the process has ended. */
export function holdNamespace(pid: number, file: string): HeldNamespace | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(`/proc/${pid}/ns/${file}`, "r");
  } catch {
    return undefined;
  }
  const namespace = readlinkSync(`/proc/self/fd/${descriptor}`);
  return {
    processes: () => processesIn(file, namespace),
    close: () => closeSync(descriptor),
  };
}

/** Finds the process that has exactly these arguments, the first of them its name. */
export function findByArguments(pids: number[], command: string[]): number | undefined {
  const wanted = command.map((argument) => `${argument}\0`).join("");
  return pids.find((pid) => read(`/proc/${pid}/cmdline`) === wanted);
}

/** Returns a process's arguments, its name first: none when it has ended. */
export function argumentsOf(pid: number): string[] {
  return read(`/proc/${pid}/cmdline`).split("\0");
}

/** Lists the PIDs of all processes. */
export function allProcesses(): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Returns the PID of a process's parent. */
export function parentOf(pid: number): number {
  return Number(/\nPPid:\t(\d+)\n/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

/** Returns the PID of the process that a thread belongs to, or 0 when the thread has ended. */
export function processOf(thread: number): number {
  return Number(/\nTgid:\t(\d+)\n/.exec(read(`/proc/${thread}/status`))?.[1] ?? 0);
}

/** Reads a file in /proc: empty when the process has ended. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
