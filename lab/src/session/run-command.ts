import type { Socket } from "node:net";
import { constants } from "node:os";
import { awaitLine } from "../machine/await-line.ts";
import type { Machine } from "../machine/start-machine.ts";
import { isTerminal, lendTerminal, windowSize } from "./terminal.ts";

/** The environment variables that the command inside gets from outside. */
const ENVIRONMENT = ["TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "CI", "WORKSHOP_FFI"];

/**
 * Hands the repo and a command to a machine that waits for them, and starts the command.
 *
 * @param repo a tar archive
 * @param command a program and its arguments
 * @throws {Error} when the machine ends, or is silent
 */
export async function startCommand(
  machine: Machine,
  repo: Buffer,
  command: string[],
  signal: AbortSignal,
): Promise<void> {
  const now = (Date.now() / 1000).toFixed(3);
  machine.session.write(`${now} ${isTerminal() ? windowSize() : ""}\n${script(command)}\0`);
  machine.files.write(repo);
  await awaitLine(machine, "started", signal);
}

/**
 * Passes on what the command reads and prints, or the terminal, until it ends.
 *
 * @returns its exit status
 * @throws {Error} when the machine ends before
 */
export async function attend(machine: Machine, signal: AbortSignal): Promise<number> {
  const { stdout, stderr, terminal, hear, log, end, ended } = machine;
  let isRead = true;
  const stop = () => {
    isRead = false;
    stdout.resume();
    end();
  };
  process.stdout.once("error", stop);
  process.stderr.once("error", () => stderr.resume());
  stdout.pipe(process.stdout, { end: false });
  stderr.pipe(process.stderr, { end: false });
  terminal.pipe(process.stdout, { end: false });
  const giveBack = isTerminal() ? lendTerminal(machine) : lendInput(machine);
  signal.addEventListener("abort", end);
  try {
    const last = await hear();
    const [, status, ...bytes] = /^exit (\d+) (\d+) (\d+)$/.exec(last ?? "") ?? [];
    await Promise.all([stdout, stderr].map((line, i) => receive(line, Number(bytes[i] ?? 0))));
    end();
    await ended;
    signal.throwIfAborted();
    if (!isRead) return 128 + constants.signals.SIGPIPE; // whoever read the output has had enough
    if (status === undefined) {
      throw new Error(`the machine ended before the command did. Its last lines:\n${log.last()}`);
    }
    return Number(status);
  } finally {
    giveBack();
    process.stdout.off("error", stop);
    signal.removeEventListener("abort", end);
  }
}

/**
 * Lets the command read our input. A keyboard is for who has the terminal, as less(1) in a pipe after us.
 *
 * @returns a function that ends that
 */
function lendInput({ files }: Machine): () => void {
  if (process.stdin.isTTY) files.end();
  else process.stdin.pipe(files);
  return () => process.stdin.unpipe(files).pause();
}

/** Waits until a line has brought so many bytes, or is closed. */
function receive(line: Socket, bytes: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (line.bytesRead >= bytes || line.closed) resolve();
    };
    line.on("data", look).on("close", look);
    look();
  });
}

/** Returns a script for the shell: the environment, then the command in place of the shell. */
function script(command: string[]): string {
  const variables = ENVIRONMENT.filter((name) => process.env[name] !== undefined);
  const exports = variables.map((name) => `export ${name}=${quote(process.env[name] ?? "")}\n`);
  return `${exports.join("")}exec -- ${command.map(quote).join(" ")}`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
