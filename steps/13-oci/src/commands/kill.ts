import { constants } from "node:os";
import type { CommandLine } from "../command-line.ts";
import { processesIn } from "../container/cgroups.ts";
import { send } from "../container/remove.ts";
import { load, statusOf } from "../container/state.ts";

/** Sends a signal to the process of a container, or with --all to all of them. */
export function kill(line: CommandLine): void {
  const container = load(line);
  const signal = readSignal(line.args[0] ?? "SIGTERM");
  if ("--all" in line.options) {
    for (const pid of processesIn(container.cgroups)) send(pid, signal);
    return;
  }
  if (statusOf(container) === "stopped") throw new Error("container not running");
  send(container.pid, signal);
}

/** Reads 9, KILL or SIGKILL. */
function readSignal(text: string): number {
  const name = text.toUpperCase().replace(/^(SIG)?/, "SIG") as NodeJS.Signals;
  const number = /^\d+$/.test(text) ? Number(text) : constants.signals[name];
  if (number >= 1 && number <= 64) return number;
  throw new Error(`unknown signal ${JSON.stringify(text)}: type a name such as TERM, or 1 to 64`);
}
