import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cgroupProcs } from "shared-native";
import { changesFolder, repo } from "./folders.ts";
import {
  findHierarchy,
  type HostCgroup,
  makeHostCgroup,
  makeLimitingCgroups,
} from "./host-cgroup.ts";
import { removeOthers } from "./more-hierarchies.ts";
import { childrenOf, sendSignal } from "./processes.ts";
import { type Outcome, run } from "./run.ts";

/** The hostname that every disposable host has. */
export const HOSTNAME = "disposable-host";

/** A disposable host for code that may do anything to it: mounts, a hostname and a network of its own. */
export interface Host {
  /** The PID of its first process on this machine: /proc/<pid>/ns, /proc/<pid>/mountinfo… */
  pid: number;
  /** The cgroups of a sealed host, and their limit of tasks: none where tasks cannot be counted. */
  cgroup?: HostCgroup | undefined;
  /** Returns what to put before a command line that should run on it. */
  enter(folder?: string): string[];
  /** Runs a command on it to its end. */
  run(command: string, ...args: string[]): Promise<Outcome>;
  /** Ends it, and takes it away. */
  close(): Promise<void>;
}

export interface HostOptions {
  /** The propagation of its mounts: "shared" as under systemd, "private" as in most containers. */
  propagation?: "shared" | "private";
  /** "own" with nothing but the loopback device, or "shared" with this machine, for what downloads. */
  network?: "own" | "shared";
  /** True if it has its own process IDs and cgroups: all in it is counted, and ends with it. */
  isSealed?: boolean;
  /** True if memory and processor time are limited in cgroups of its own, as if it were sealed. */
  isLimiting?: boolean;
  /** A cgroup that it takes for the root of all, and is in itself, like a privileged container. */
  cgroup?: string;
}

/**
 * Opens a disposable host. It ends with this program, even when that is killed.
 *
 * @throws {Error} without root, or where the kernel refuses namespaces
 */
export async function openHost(options: HostOptions = {}): Promise<Host> {
  const { propagation = "shared", network = "own", isSealed = false } = options;
  const cgroup = isSealed ? makeHostCgroup() : undefined;
  const root = cgroup?.directory ?? options.cgroup;
  // Process 1 is born in a subfolder: with cgroup v2, only a cgroup without processes can have others.
  const processes = cgroup?.processes ?? options.cgroup;
  const limiting = cgroup?.others ?? (options.isLimiting ? makeLimitingCgroups() : []);
  const others = limiting.map(({ directory }) => directory);
  const namespaces = [
    ...["--mount", "--uts"],
    ...(network === "own" ? ["--net"] : []),
    ...(isSealed ? ["--pid"] : []),
  ];
  // The outer cgroup is joined first: where they must be threaded, it has to be before the inner one.
  const keeper = start([
    ...joinCgroups(root, ...others),
    ...(root ? ["unshare", "--cgroup"] : []),
    ...joinCgroups(processes),
    ...["unshare", ...namespaces, ...(isSealed ? ["--fork", "--kill-child"] : [])],
    ...["--propagation", "private", "sh", "-c", FIRST_PROCESS, "sh", propagation, network],
    ...[isSealed ? "/proc" : "", repo, changesFolder],
    ...(root ? [root, findHierarchy() ?? ""] : []),
    ...limiting.flatMap(({ directory, hierarchy }) => [directory, hierarchy]),
  ]);
  /** Returns its first process: in a PID namespace, the child of unshare(1). */
  const first = () => (isSealed ? childrenOf(keeper.pid ?? 0)[0] : keeper.pid);
  let closed: Promise<void> | undefined;
  const remove = async () => (cgroup ? cgroup.remove() : removeOthers(limiting));
  const close = () => (closed ??= end(keeper, first()).then(remove)); // once, however often it is asked for
  try {
    await ready(keeper);
    const pid = first() ?? 0;
    cgroup?.divide();
    const nsenter = ["nsenter", `--target=${pid}`, ...namespaces, ...(root ? ["--cgroup"] : [])];
    const join = joinCgroups(processes, ...others);
    const enter = (folder = "/") => [...join, ...nsenter, `--wd=${folder}`];
    return { pid, cgroup, enter, run: (...command) => run([...enter(), ...command]), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A script that ends with its input. It ignores SIGCHLD to have no zombies, as a PID 1 should. */
const FIRST_PROCESS = `
  if [ "$2" = own ] && command -v ip >/dev/null; then ip link set lo up; fi &&
  if [ -n "$3" ]; then mount -t proc proc "$3"; fi &&
  case "$4" in $5/*) ;; *) mount -t tmpfs -o mode=1777 tmpfs "$5" ;; esac &&
  propagation=$1 && shift 5 &&
  while [ -n "$1" ]; do mount --bind "$1" "$2" && shift 2 || exit; done &&
  mount --make-r$propagation / && hostname ${HOSTNAME} && echo ready &&
  exec env --ignore-signal=CHLD cat`;

/** Puts a command into cgroups, one after the other, before it starts. */
export function joinCgroups(...cgroups: (string | undefined)[]): string[] {
  const files = cgroups.filter((each) => each !== undefined).map(cgroupProcs);
  return files.length === 0 ? [] : ["sh", "-c", JOIN, "sh", ...files, "--"];
}

const JOIN = 'while [ "$1" != -- ]; do echo 0 >"$1" && shift || exit; done; shift; exec "$@"';

function start([file = "", ...args]: string[]): ChildProcess {
  return spawn(file, args, { stdio: "pipe", detached: true });
}

async function ready({ stdout, stderr }: ChildProcess): Promise<void> {
  if (!stdout || !stderr) throw new TypeError("no pipes");
  const [answer] = await Promise.race([once(stdout, "data"), once(stderr, "data")]);
  if (String(answer).startsWith("ready")) return;
  throw new Error(`no disposable host can be made: ${String(answer).trim()}`);
}

async function end(keeper: ChildProcess, first: number | undefined) {
  // The kernel lets process 1 end when all others of its PID namespace have: so all have, then.
  if (keeper.exitCode === null && keeper.signalCode === null) {
    if (first === undefined) keeper.kill("SIGKILL");
    else sendSignal(first, "SIGKILL"); // it may be ending already
    await once(keeper, "exit");
  }
}
