import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { childrenOf, sendSignal } from "workshop/host/processes";
import { until } from "workshop/host/until";
import { collect } from "./collect.ts";
import type { Host } from "./open-host.ts";
import { stageCommand } from "./run-stage.ts";

/** A container that is running. */
export interface Container {
  /** The process that is run(): its PID is in the line "Running main process […] as". */
  main: number;
  /** The process that is child(), as the host numbers it. Stage 01 has none: it is the command. */
  child(): number;
  /** What it has written to standard output so far. */
  stdout(): string;
  stderr(): string;
  /** Writes a line to its standard input. */
  type(line: string): void;
  /** Closes its standard input. */
  endInput(): void;
  /** Waits for its end. */
  ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
}

/** Starts a command in a stage's container on a host; it is ended with the test. */
export async function startStage(
  host: Host,
  stage: string,
  ...command: string[]
): Promise<Container> {
  const [file = "", ...args] = stageCommand(host, stage, command);
  const process_ = spawn(file, args, { stdio: "pipe", detached: true });
  const stdout = collect(process_.stdout);
  const stderr = collect(process_.stderr);
  const ended = once(process_, "close").then(([status, signal]) => ({ status, signal }));

  // The first line of that kind: the next is the child's, "as 1", and 1 is the real host's init here
  const main = await until("the line of the main process", () =>
    Number(/^Running main process .*? as (\d+)$/ms.exec(stderr())?.[1]),
  );
  onTestFinished(async () => {
    process_.stdin.destroy();
    sendSignal(main, "SIGTERM");
    await ended;
  });
  return {
    main,
    child: () => childrenOf(main).at(-1) ?? 0, // in stage 05, the one that watches it is older
    stdout,
    stderr,
    type: (line) => process_.stdin.write(`${line}\n`),
    endInput: () => process_.stdin.end(),
    ended,
  };
}
