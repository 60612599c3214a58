import { spawn } from "node:child_process";
import { once } from "node:events";
import { collect, until } from "host";
import { onTestFinished } from "vitest";
import { rootfsCommand } from "./rootfs.ts";

/** A run in progress. */
export interface Run {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  stderr(): string;
  ended: Promise<number | null>;
}

/** Starts `pnpm rootfs` in `folder`, and returns when it says that it is making a root. */
export async function startRootfs(folder: string, ...args: string[]): Promise<Run> {
  const [file = "", ...rest] = rootfsCommand(folder, ...args);
  const child = spawn(file, rest, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close").then(([status]) => status);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const stderr = collect(child.stderr);
  await until("the first line", () => stderr().startsWith("making "));
  return {
    pid: child.pid ?? 0, // `env` becomes node: it is the same process
    kill: (signal) => child.kill(signal),
    stderr,
    ended,
  };
}
