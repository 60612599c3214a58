import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cgroupProcs } from "shared-native";
import { type BoxCgroup, makeBoxCgroup } from "./box-cgroup.ts";
import { childrenOf, sendSignal } from "./processes.ts";
import { type Output, readOutput } from "./read-output.ts";

/** The hostname that every disposable host has. */
export const HOSTNAME = "disposable-host";

/** A disposable host for code that may do anything: it can hurt itself, and nothing else. */
export interface Box {
  /** Its process 1, as the real host numbers it: /proc/<pid>/ns, /proc/<pid>/mountinfo… */
  pid: number;
  /** Where its cgroups are, and how many tasks may be in them: none where nobody counts tasks. */
  cgroup: BoxCgroup | undefined;
  /** What to put before a command line that shall run in it. */
  enter(folder?: string): string[];
  /** Runs one of our own commands in it. */
  run(command: string, ...args: string[]): Promise<Output>;
  /** Ends everything in it, and takes it away. */
  close(): Promise<void>;
}

/**
 * Opens a disposable host: mounts, a hostname, process IDs and cgroups of its own. Its processes end
 * with its process 1, and that ends with this program, also when this is killed.
 *
 * @param propagation of its mounts: "shared" as systemd makes them, "private" as most containers do
 * @throws {Error} without root, or where the kernel refuses namespaces
 */
export async function openBox(propagation: "shared" | "private" = "shared"): Promise<Box> {
  const cgroup = makeBoxCgroup();
  // Process 1 is born in a subfolder: with cgroup v2, only a cgroup without processes can have others.
  // The outer one is joined first: where cgroups must be threaded, it has to be before the inner one.
  const keeper = spawn(
    ...commandLine([
      ...join(cgroup?.directory),
      ...["unshare", "--cgroup"],
      ...join(cgroup?.processes),
      ...["unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child"],
      ...["--propagation", "private", "sh", "-c", PROCESS_1, "sh", propagation],
      ...(cgroup ? [cgroup.directory, cgroup.hierarchy] : []),
    ]),
    { stdio: "pipe", detached: true },
  );
  try {
    const pid = await ready(keeper);
    cgroup?.divide();
    const nsenter = ["nsenter", `--target=${pid}`, "--mount", "--uts", "--pid", "--cgroup"];
    let closed: Promise<void> | undefined;
    const enter = (folder = "/") => [...join(cgroup?.processes), ...nsenter, `--wd=${folder}`];
    return {
      pid,
      cgroup,
      enter,
      run: (...command) => readOutput(spawn(...commandLine([...enter(), ...command]))),
      close: () => (closed ??= close(keeper, cgroup)), // once, however often it is asked for
    };
  } catch (error) {
    await close(keeper, cgroup);
    throw error;
  }
}

/** Ends when its standard input does. Who ignores SIGCHLD has no zombies, as a PID 1 should not. */
const PROCESS_1 = `
  mount -t proc proc /proc && if [ -n "$2" ]; then mount --bind "$2" "$3"; fi &&
  mount --make-r$1 / && hostname ${HOSTNAME} && echo ready &&
  exec env --ignore-signal=CHLD cat`;

/** Puts a command into a cgroup before it starts. */
function join(cgroup: string | undefined): string[] {
  if (cgroup === undefined) return [];
  return ["sh", "-c", 'echo 0 >"$1" && shift && exec "$@"', "sh", cgroupProcs(cgroup)];
}

function commandLine([file = "", ...args]: string[]): [string, string[]] {
  return [file, args];
}

/** @returns the PID of process 1 */
async function ready({ pid, stdout, stderr }: ChildProcess): Promise<number> {
  if (!stdout || !stderr) throw new TypeError("no pipes");
  const [answer] = await Promise.race([once(stdout, "data"), once(stderr, "data")]);
  const process1 = childrenOf(pid ?? 0)[0];
  if (process1 !== undefined && String(answer).startsWith("ready")) return process1;
  throw new Error(`no disposable host can be made: ${String(answer).trim()}`);
}

async function close(keeper: ChildProcess, cgroup: BoxCgroup | undefined): Promise<void> {
  const process1 = childrenOf(keeper.pid ?? 0)[0];
  // The kernel lets process 1 end when all others of its PID namespace have: so all have, then.
  if (keeper.exitCode === null && keeper.signalCode === null) {
    if (process1 === undefined) keeper.kill("SIGKILL");
    else sendSignal(process1, "SIGKILL"); // it may be ending already
    await once(keeper, "exit");
  }
  await cgroup?.remove();
}
