import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { collect, type Host, repo, run, stageFolder, until } from "host";
import { containerStages } from "workshop/stages";

/** A process of a stage, for strace to take hold of. */
export interface Target {
  stage: string;
  mode: "run" | "child";
  /** The words for its program, where that is a runtime and wants more than `run` and a command. */
  words?: string[];
}

/** The end of a stage, and what strace has seen. */
export interface Traced {
  status: number | NodeJS.Signals | "hung" | null;
  stderr: string;
  trace: string;
  /** The PID of the process that was held, as strace prints it. */
  held: string;
}

/** The longest wait in seconds, for a busy machine: removeCgroup alone may take five. */
const PATIENCE = 30;

/** A command that does not end by itself, so it shows when nobody ends it. */
export const COMMAND = ["/bin/sh", "-c", "echo up; read line"];

/**
 * Runs a stage on a host to its end, with strace on one of its processes once its own work begins.
 *
 * @param options returns those of strace, from that PID and what the stage has said on stderr
 */
export async function startHeld(
  host: Host,
  { stage, mode, words = ["run", ...COMMAND] }: Target,
  options: (pid: string, stderr: () => string) => string[] | Promise<string[]>,
): Promise<Traced> {
  // A stage starts itself again with the options that it was started with
  const imports = [
    path.join(repo, "shared-native/typescript.cjs"),
    path.join(import.meta.dirname, "hold.ts"),
  ];
  const nodeOptions = imports.flatMap((module) => ["--import", module]);
  const start = [...nodeOptions, "src/main.ts", ...words];
  const [file = "", ...args] = [...host.enter(stageFolder(stage)), process.execPath, ...start];
  const input = await openPipe();
  const started = spawn(file, args, {
    stdio: [input, "pipe", "pipe"],
    detached: true, // a session of its own: no terminal is involved
    env: { ...process.env, FAULTS_HOLD: mode },
  });
  if (!started.stdout || !started.stderr) throw new TypeError("no pipes");
  const ended = once(started, "exit");
  const closed = once(started, "close");
  const stderr = collect(started.stderr);
  const held = await until("the process", () => /^held (\d+)$/m.exec(stderr())?.[1]);

  const strace = ["strace", "-y", "-p", held, ...(await options(held, stderr))];
  const [tracer = "", ...tracerArgs] = [...host.enter(), ...strace];
  const tracing = spawn(tracer, tracerArgs, { stdio: ["ignore", "ignore", "pipe"] });
  const traced = once(tracing, "close");
  const trace = collect(tracing.stderr);
  await until("strace", () => trace().includes(" attached") || tracing.exitCode !== null);
  if (tracing.exitCode !== null) throw new Error(`strace: ${trace()}`);

  writeSync(input, "\n");
  started.stdout.once("data", () => {
    if (started.exitCode === null && started.signalCode === null) writeSync(input, "\n");
  });
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    process.kill(host.pid, "SIGKILL");
  }, PATIENCE * 1000);
  const [status, signal] = await ended;
  // Only the process 1 of a PID namespace ends others with it: before, they live on, as in a shell
  const isAlone = containerStages.some(
    (each) => each.name === stage && !each.namespaces.includes("pid"),
  );
  if (isAlone) writeSync(input, "\n");
  await Promise.all([closed, traced]); // when nobody is left who could say something
  clearTimeout(timer);
  closeSync(input);
  return { status: hung ? "hung" : (status ?? signal), stderr: stderr(), trace: trace(), held };
}

/** Opens one that stays open: Node closes the standard input of a child that has ended. */
async function openPipe(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "fault-"));
  const fifo = path.join(folder, "input");
  await run(["mkfifo", fifo]);
  const pipe = openSync(fifo, "r+");
  rmSync(folder, { recursive: true });
  return pipe;
}
