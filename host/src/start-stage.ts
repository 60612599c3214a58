import { spawn } from "node:child_process";
import { once } from "node:events";
import { collect } from "./collect.ts";
import { stageFolder } from "./folders.ts";
import type { Host } from "./open-host.ts";
import { childrenOf, namespaceOf, sendSignal } from "./processes.ts";
import { type Outcome, run } from "./run.ts";
import { runsMain } from "./start-code.ts";
import { until } from "./until.ts";

/** A running stage, with its container. */
export interface RunningStage {
  /** The PID of run(), from the line "Running main process […] as". */
  main: number;
  /** Returns the PID of child() on the host. Where there is none (any more), it is the command's. */
  child(): number;
  /** Returns what it has written to standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Writes a line to its standard input. */
  type(line: string): void;
  /** Closes its standard input. */
  endInput(): void;
  /** Its exit status and signal, once it has ended. */
  ended: Promise<Pick<Outcome, "status" | "signal">>;
  /** Ends it. */
  close(): Promise<void>;
}

/**
 * Returns the command line that starts a stage on a host, and ends with its exit status.
 *
 * @param stage its name, and its options after that: "06-pivot-root --init"
 */
export function stageCommand(
  host: Pick<Host, "enter">,
  stage: string,
  command: string[],
): string[] {
  const [name = "", ...options] = stage.split(" ");
  const start = ["pnpm", "--silent", "start", ...options];
  return [...host.enter(stageFolder(name)), ...start, ...command];
}

/** Runs a command in a stage's container on a host, to its end, as a student would. */
export function runStage(host: Host, stage: string, ...command: string[]): Promise<Outcome> {
  return run(stageCommand(host, stage, command));
}

/** Starts a command in a stage's container on a host. */
export async function startStage(
  host: Host,
  stage: string,
  ...command: string[]
): Promise<RunningStage> {
  const [file = "", ...args] = stageCommand(host, stage, command);
  const pnpm = spawn(file, args, { stdio: "pipe", detached: true });
  const stdout = collect(pnpm.stdout);
  const stderr = collect(pnpm.stderr);
  const ended = once(pnpm, "close").then(([status, signal]) => ({ status, signal }));
  // The first line of that kind: the next is the child's, "as 1", and 1 is the real host's init here
  const main = await until("the line of the main process", () =>
    Number(/^Running main process .*? as (\d+)$/ms.exec(stderr())?.[1]),
  );
  return {
    main,
    child: () => childOf(main),
    stdout,
    stderr,
    type: (line) => pnpm.stdin.write(`${line}\n`),
    endInput: () => pnpm.stdin.end(),
    ended,
    async close() {
      pnpm.stdin.destroy();
      if (runsMain(main)) sendSignal(main, "SIGTERM"); // its PID may be another's by now
      await ended;
    },
  };
}

/** Finds child(): in stage 12, a shell of the host waits for it. */
function childOf(main: number): number {
  const below = childrenOf(main).at(-1) ?? 0; // in stage 05, the one that watches it is older
  const isHosts = (pid: number) => namespaceOf(pid, "pid") === namespaceOf(main, "pid");
  const behind = childrenOf(below).find((pid) => !isHosts(pid));
  return (isHosts(below) && behind) || below;
}
