import { readFileSync, readlinkSync } from "node:fs";
import { allProcesses } from "host";

/** Lists the command lines that name a place, or whose process works in it or below. */
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
