import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import path from "node:path";
import { until } from "host";
import { attempt } from "./ask.ts";

const started = new Map<string, Promise<void>>();

/**
 * Starts a daemon, unless it runs already. It ends with the machine.
 *
 * @param folder for its log
 * @param command the daemon's
 * @param question a command that succeeds when the daemon answers
 * @throws {Error} when it does not answer, with its last lines
 */
export function startDaemon(folder: string, command: string[], question: string[]): Promise<void> {
  const name = command[0] ?? "";
  const daemon = started.get(name) ?? start(path.join(folder, `${name}.log`), command, question);
  started.set(name, daemon);
  return daemon;
}

async function start(log: string, [file = "", ...args]: string[], question: string[]) {
  const output = openSync(log, "w");
  const daemon = spawn(file, args, { stdio: ["ignore", output, output], detached: true });
  await until(
    () => `${file}: ${lastLines(log)}`,
    async () => {
      if (daemon.exitCode !== null) throw new Error(`${file} has ended: ${lastLines(log)}`);
      return (await attempt(...question)).status === 0;
    },
    90,
  );
}

function lastLines(log: string): string {
  return readFileSync(log, "utf8").trim().split("\n").slice(-3).join(" ");
}
