import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { HOSTNAME } from "workshop/host/open-box";
import { type Result, run } from "./run.ts";

/** A host for one test: mounts and a hostname of its own, for stage code to spoil. */
export interface Host {
  /** The process that keeps it: /proc/<pid>/ns, /proc/<pid>/mountinfo… are the host's. */
  pid: number;
  /** What to put before a command line that shall run on it. */
  enter(folder?: string): string[];
  /** Runs a command on it to its end. */
  run(command: string, ...args: string[]): Promise<Result>;
}

/**
 * Opens a disposable host, which ends with the test.
 *
 * @param propagation of its mounts: "shared" as systemd makes them, "private" as most containers do
 */
export async function openHost(propagation: "shared" | "private" = "shared"): Promise<Host> {
  const prepare = `mount --make-r${propagation} / && hostname ${HOSTNAME} && echo ready && exec sleep infinity`;
  const keeper = spawn(
    "unshare",
    ["--mount", "--uts", "--propagation", "private", "sh", "-c", prepare],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(async () => {
    keeper.kill("SIGKILL");
    if (keeper.exitCode === null && keeper.signalCode === null) await once(keeper, "exit");
  });
  await once(keeper.stdout, "data");
  const pid = keeper.pid ?? 0;
  const enter = (folder = "/") => [
    "nsenter",
    `--target=${pid}`,
    "--mount",
    "--uts",
    `--wd=${folder}`,
  ];
  return { pid, enter, run: (...command) => run([...enter(), ...command]) };
}
