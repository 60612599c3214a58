import type { Ending } from "host";
import { refuseMissingPackages } from "../requirements/refuse-missing-packages.ts";
import type { CheckedCode } from "./checked-code.ts";
import { hintFor } from "./errors/hint-for.ts";
import { said, shown } from "./shown.ts";

/** Patterns of the errors that Node, tsx and the stages print, the most telling first. */
const ERRORS = [
  /^.*(?:SyntaxError|ERR_INVALID_TYPESCRIPT_SYNTAX).*$/m,
  /^\S*main\.ts:\d+:\d+: ERROR: .*$/m, // esbuild, under Node 20
  /^.*(?:ReferenceError|TypeError|RangeError|SyscallError)(?: \[\w+\])?: .*$/m,
  /^[\w-]+: (?!cannot be executed).*[:(].*$/m, // "03-pid-mnt-chroot: ENOENT: no such file…"
  /^\w*Error.*: .*$/m,
  /^.*(?:command not found|cannot be executed|fork|I\/O error|Check failed|Assertion).*$/im,
];

type Code = Pick<CheckedCode, "stage" | "source">;

/** Returns what a run that failed did instead, as the kernel and Node tell it, and a hint. */
export function reasonOf(code: Code, ending: Ending): [actual: string, hint: string] {
  const { status, signal, stdout } = ending;
  const end = signal ? `it was ended by ${signal}` : `it ended with status ${status}`;
  const lastLine = said(ending.stderr).trimEnd().split("\n").at(-1);
  const complaint = complaintOf(code, ending, lastLine);
  if (complaint === undefined)
    return [`it printed ${shown(stdout)}; ${end}`, notStarted(code.stage, ending)];
  return [`${end}: ${complaint.error}`, complaint.hint];
}

/**
 * Finds the error that a run has printed, with a hint.
 *
 * @param otherwise the line that tells it when none is known to
 * @throws {Error} for one that is not the student's
 */
export function complaintOf(
  { stage, source }: Code,
  { stdout, stderr }: Ending,
  otherwise?: string,
): { error: string; hint: string } | undefined {
  const text = said(stderr);
  refuseMissingPackages(text);
  const error = ERRORS.map((pattern) => pattern.exec(text)?.[0]).find(Boolean) ?? otherwise;
  if (!error) return undefined;
  const line = /main\.ts:(\d+)/.exec(error + text)?.[1];
  const where = line === undefined || error.includes("main.ts") ? "" : `main.ts:${line}: `;
  const message =
    line === undefined
      ? "Read the message: it says what has failed."
      : `Read the message, and the line that it names: ${line}.`;
  return {
    error: shown(where + error),
    hint: hintFor(error, { stage, source, stdout, stderr: text }) ?? message,
  };
}

function notStarted(stage: CheckedCode["stage"], { status, stdout }: Ending): string {
  if (stdout !== "") {
    return 'The command has run, and has found no input to wait for. It reads what the one who typed it types: stdio: "inherit", in each spawn.';
  }
  if (!stage.hasChild && status === 0) {
    return "run() has to start the command, with its arguments: spawn(file, args, { … }).";
  }
  return "Perhaps the command has not run at all. Does run() start child, child the command, and does each wait for its own?";
}
