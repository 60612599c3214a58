import { readFileSync, readlinkSync } from "node:fs";
import { allProcesses } from "host";

/** The command lines of who works at a place: it is in them, or they stand in it or below. */
export function processesAt(place: string): string[] {
  return allProcesses().flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      const isAt = command.includes(place) || readlinkSync(`/proc/${pid}/cwd`).startsWith(place);
      return isAt ? [`process ${pid}: ${command}`] : [];
    } catch {
      return []; // it has just ended
    }
  });
}
