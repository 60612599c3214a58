import { readFileSync } from "node:fs";

/**
 * Returns a function that is called with the same processes again and again, and tells how many times in a
 * row none of them has done anything. One that waits for a processor, on a busy machine, has something to do.
 */
export function watchIdleness(): (pids: number[]) => number {
  let before = "";
  let count = 0;
  return (pids) => {
    const now = pids.map(activityOf).join();
    count = now === before && !now.includes(BUSY) ? count + 1 : 0;
    before = now;
    return count;
  };
}

const BUSY = "busy";

/** Returns the processor time that a process has had, unless it has something to do right now. */
function activityOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // "pid (comm) state … utime stime …", the times of all its threads; comm may contain anything, ")" too
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return /[RD]/.test(fields[0] ?? "") ? BUSY : `${pid} ${fields[11]} ${fields[12]}`;
  } catch {
    return BUSY; // it has just ended
  }
}
