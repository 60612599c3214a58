import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { collect, repo } from "host";
import { onTestFinished } from "vitest";
import type { Cache } from "./open-cache.ts";

/** A running `pnpm lab`. */
export interface Lab {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  stdout(): string;
  stderr(): string;
  /** Its exit status, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

/** The command line that `pnpm lab` comes to. */
export const labCommand = [
  ...["env", `--chdir=${path.join(repo, "lab")}`, process.execPath],
  ...["--import", "shared-native/typescript.cjs", "src/lab.ts"],
];

/** Arguments with which it runs until it is ended. */
export const UP = ["--", "sh", "-c", "echo up; exec sleep 1000"];

/** Starts `pnpm lab` with these arguments, without a terminal. It is ended with the test. */
export function startLab({ environment }: Cache, ...words: string[]): Lab {
  const [file = "", ...args] = [...labCommand, ...words];
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    detached: true, // a session of its own: no terminal is involved
  });
  const ended = once(child, "close").then(([status, signal]) => status ?? signal);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return {
    pid: child.pid ?? 0, // `env` becomes node: it is the same process
    kill: (signal) => child.kill(signal),
    stdout: collect(child.stdout),
    stderr: collect(child.stderr),
    ended,
  };
}
