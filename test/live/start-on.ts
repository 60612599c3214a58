import { spawn } from "node:child_process";
import { once } from "node:events";
import { collect, type Host, stageFolder, until } from "host";

/** A command on a sealed host, with which it ends. */
export interface Started {
  stdout(): string;
  /** Closes its standard input. */
  endInput(): void;
  ended: Promise<unknown>;
}

/** Starts a command on a sealed host, and waits for the first line of its output. */
export async function startOn(host: Host, command: string[], folder?: string): Promise<Started> {
  const [file = "", ...args] = [...host.enter(folder), ...command];
  const child = spawn(file, args, { stdio: "pipe", detached: true });
  child.stdin.on("error", () => {}); // it ended first
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = once(child, "exit");
  await until(
    () => `the first line of ${command}, which said: ${stderr()}`,
    () => stdout().includes("\n"),
    250, // in a lab that is emulated, on a busy machine, a stage takes a minute and more to start
  );
  return { stdout, endInput: () => child.stdin.end(), ended };
}

/** Starts a stage on a sealed host. `startStage` of host/ could not: it is told numbers that only mean something there. */
export function startStageOn(host: Host, stage: string, ...command: string[]): Promise<Started> {
  return startOn(host, ["pnpm", "--silent", "start", ...command], stageFolder(stage));
}
