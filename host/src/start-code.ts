import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { processesBelow } from "./cgroups.ts";
import type { HostCgroup } from "./host-cgroup.ts";
import { watchIdleness } from "./idleness.ts";
import { inTerminal } from "./in-terminal.ts";
import type { Host } from "./open-host.ts";
import { argumentsOf, isAlive, sendSignal } from "./processes.ts";
import type { Excess, Limits, Running } from "./running.ts";

/** The time between two looks at it, in milliseconds. */
const INTERVAL = 50;

/** The time in which it may do nothing, in milliseconds: removeCgroup may take three seconds. */
const IDLE = 4500;

/** Tells whether a process is Node with the code of a stage, and not the shell that pnpm starts it with. */
export function runsMain(pid: number): boolean {
  const [program = "", ...args] = argumentsOf(pid);
  return /\b(node|exe)$/.test(program) && args.some((argument) => argument.endsWith("main.ts"));
}

/** A limit of a gigabyte for each process: Node keeps all that it cannot print yet. */
const MEMORY_LIMIT = ["sh", "-c", 'ulimit -d 1000000 && exec "$@"', "sh"];

/** The command lines that start a stage in its folder, as a student would, its child() by hand, or a script. */
const STARTS = {
  run: ["start"],
  typed: ["exec", "sh", "-c"],
  child: ["exec", "node", "--import", "../../shared-native/typescript.cjs", "src/main.ts", "child"],
};

/** Starts the stage in a folder on a host; with "terminal", as "run" in a new terminal. */
export function startCode(
  host: Host,
  folder: string,
  command: string[],
  limits: Limits,
  mode: keyof typeof STARTS | "terminal" = "run",
): Running {
  const isInTerminal = mode === "terminal";
  const pnpm = ["pnpm", "--silent", ...STARTS[isInTerminal ? "run" : mode], ...command];
  const start = [...MEMORY_LIMIT, ...(isInTerminal ? inTerminal(pnpm) : pnpm)];
  const [file = "", ...args] = [...host.enter(folder), ...start];
  const child = spawn(file, args, {
    stdio: "pipe",
    detached: true, // a session of its own: no terminal is involved
    // It was installed when this program was started, and nothing may be downloaded now.
    env: { ...process.env, pnpm_config_verify_deps_before_run: "false" },
  });
  const written = { stdout: "", stderr: "" };
  let excess: Excess | undefined;
  let full: string[] = [];
  let joined: string[] = [];
  let copies = 0;
  const stop = (reason: Excess) => {
    if (!excess && host.cgroup) {
      full = host.cgroup.fullOnes();
      joined = host.cgroup.made().filter((group) => processesBelow(group).some(runsMain));
      copies = processesBelow(host.cgroup.directory).filter(runsMain).length;
    }
    excess ??= reason;
    sendSignal(host.pid, "SIGKILL"); // all that is in it ends; who opened it closes it
  };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      if (written[name].length < limits.bytes) written[name] += text;
      else stop("output");
    });
  }
  child.stdin.on("error", () => {}); // it ended first
  let over = false;
  const idleness = watchIdleness();
  // On a slow machine, a tenth of its time: where QEMU emulates, one of two processors may stand still
  const idleLooks = Math.max(IDLE, limits.seconds * 100) / INTERVAL;
  /** Lists all that belongs to it: on a busy machine, it may take seconds to join the host's cgroup. */
  const processes = ({ directory }: HostCgroup) => [
    ...(child.pid !== undefined && isAlive(child.pid) ? [child.pid] : []),
    ...processesBelow(directory),
  ];
  let mayWait = false;
  const timeOver = () => performance.now() + limits.seconds * 1000;
  let end = timeOver();
  const ended = once(child, "close").then(([status, signal]) => {
    over = true;
    return { status, signal, ...written, excess, full, joined, copies };
  });
  /** Watches it even after its own end, as what it has left behind may hold its output open. */
  const watch = async () => {
    while (!over && isAlive(host.pid)) {
      if (host.cgroup?.isFull()) return stop("tasks");
      if (performance.now() > end) return stop("time");
      if (!mayWait && host.cgroup && idleness(processes(host.cgroup)) > idleLooks)
        return stop("idle");
      await sleep(INTERVAL);
    }
  };
  void watch();
  return {
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    hasEnded: () => over,
    excess: () => excess,
    type(line) {
      end = timeOver(); // it may wait for the next
      child.stdin.write(`${line}\n`);
    },
    endInput() {
      mayWait = false;
      end = timeOver();
      child.stdin.end();
    },
    waits() {
      mayWait = true;
      end = Number.POSITIVE_INFINITY;
    },
    ended,
  };
}
