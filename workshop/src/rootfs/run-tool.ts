import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { pipeline, type Readable } from "node:stream";

interface Options {
  /** A signal that ends the program when it is aborted. */
  signal?: AbortSignal;
  killSignal?: NodeJS.Signals;
  env?: NodeJS.ProcessEnv;
  /** A stream for its standard input. */
  input?: Readable;
  /** Takes its standard output; without it, that is read as lines. */
  consume?: (output: Readable) => Promise<unknown>;
  /** Sees each line that it prints. */
  onLine?: (line: string) => void;
  /** The Debian package to name when it is not installed. */
  install?: string;
}

// Tools such as chroot are in sbin, which is not on everybody's PATH.
const PATH = `${process.env.PATH}:/usr/sbin:/usr/bin:/sbin:/bin`;

/**
 * Runs a program to its end and returns the lines that it printed. When this returns or throws,
 * the program is gone, and so is all that it started and that shared its output.
 *
 * @throws {Error} when it fails, with the last line that it printed
 */
export async function runTool(command: string, args: string[], options: Options = {}) {
  const { signal, input, onLine } = options;
  const child = spawn(command, args, {
    env: { ...process.env, LC_ALL: "C", PATH, ...options.env },
    // In a session of its own it does not hear Ctrl-C: this program says when it ends.
    detached: true,
    killSignal: options.killSignal ?? "SIGTERM",
    ...(signal && { signal }),
  });
  // A program that ends before it has read all its input says itself why.
  if (input) pipeline(input, child.stdin, () => {});
  else child.stdin.end();

  const lines: string[] = [];
  const readLines = async (output: Readable) => {
    for await (const line of createInterface({ input: output })) {
      lines.push(line);
      onLine?.(line);
    }
  };
  const consume = options.consume ?? readLines;

  // All three are waited for, whichever fails first: nothing may still run when this throws.
  const [ended, ...read] = await Promise.allSettled([
    end(child),
    // Closed when its reader gives up, or the program would wait for it forever.
    consume(child.stdout).finally(() => child.stdout.destroy()),
    readLines(child.stderr),
  ]);
  signal?.throwIfAborted();
  if (ended.status === "rejected") {
    const { code, message } = ended.reason;
    const name = options.install;
    const missing =
      code === "ENOENT" && name && `no ${command} here: type "apt-get install ${name}"`;
    const told = missing || (lines.findLast(isTelling) ?? `${command}: ${message}`);
    throw new Error(told, { cause: ended.reason });
  }
  for (const result of read) if (result.status === "rejected") throw result.reason;
  return lines;
}

function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    // Rejecting at "error" would be too early: a killed program may still be running then.
    let failure: Error | undefined;
    child.on("error", (error) => {
      failure = error;
    });
    child.on("close", (status, signal) => {
      if (failure) reject(failure);
      // SIGPIPE: whoever read its output ended first, and says why.
      else if (status === 0 || signal === "SIGPIPE") resolve();
      else reject(new Error(signal ? `ended by ${signal}` : `exit status ${status}`));
    });
  });
}

/** Tells whether a line says what went wrong: the last ones of tar do not. */
function isTelling(line: string): boolean {
  return !/^\s*$|Exiting with|Error is not|Skipping to next|Removing leading/.test(line);
}
