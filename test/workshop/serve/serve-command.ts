import { spawn } from "node:child_process";
import { once } from "node:events";
import { collect, repo, until } from "host";
import { onTestFinished } from "vitest";

/** A network of its own for the commands in it, in which this computer is 192.168.7.1. */
export const ALONE = [
  ...["unshare", "--net", "sh", "-c"],
  'ip link set lo up && ip link add room type veth peer name wall && ip link set wall up && ip link set room up && ip address add 192.168.7.1/24 dev room && exec "$@"',
  "sh",
];

/** Returns the command line that `pnpm workshop serve` comes to, typed in `folder`. */
export function serveCommand(folder: string, ...args: string[]): string[] {
  const node = [process.execPath, "--import", "shared-native/typescript.cjs", "src/main.ts"];
  return ["env", `--chdir=${repo}/workshop`, `INIT_CWD=${folder}`, ...node, "serve", ...args];
}

/** A server that is running in a network of its own. */
export interface Serving {
  stdout(): string;
  stderr(): string;
  /** Returns what to put before a command line that should run in that network. */
  enter: string[];
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Serves a pack in a network of its own, until the test ends. */
export async function serve(folder: string, ...args: string[]): Promise<Serving> {
  const [file = "", ...rest] = [...ALONE, ...serveCommand(folder, folder, ...args)];
  const child = spawn(file, rest, { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = once(child, "close").then(([status]) => status as number | null);
  const stop = (signal: NodeJS.Signals = "SIGTERM") => {
    child.kill(signal);
    return ended;
  };
  onTestFinished(async () => void (await stop()));
  await until(
    () => `the server: ${stderr()}`,
    () => stderr().includes("Ctrl-C ends it"),
  );
  return { stdout, stderr, stop, enter: ["nsenter", `--target=${child.pid}`, "--net"] };
}
