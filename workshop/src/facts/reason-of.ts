import { stripVTControlCharacters } from "node:util";
import type { Ending } from "host";
import { refuseMissingPackages } from "../requirements/refuse-missing-packages.ts";
import type { CheckedCode } from "./checked-code.ts";
import { hintFor } from "./errors/hint-for.ts";
import { said, shown } from "./shown.ts";

/** Patterns of the errors that Node, tsx and the stages print, the most telling first. */
const ERRORS = [
  /^.*(?:SyntaxError|ERR_INVALID_TYPESCRIPT_SYNTAX).*$/m,
  /^\S*main\.ts:\d+:\d+: ERROR: .*$/m, // esbuild, under Node 20
  /^.*(?:ReferenceError|TypeError|RangeError|SyscallError): .*$/m,
  /^[\w-]+: (?!cannot be executed).*[:(].*$/m, // "03-pid-mnt-chroot: ENOENT: no such file…"
  /^\w*Error.*: .*$/m,
  /^.*(?:command not found|cannot be executed|fork|I\/O error|Check failed|Assertion).*$/im,
];

/** Returns what a run that failed did instead, as the kernel and Node tell it, and a hint. */
export function reasonOf(
  { stage, source }: Pick<CheckedCode, "stage" | "source">,
  ending: Ending,
): [actual: string, hint: string] {
  const { status, signal, stdout } = ending;
  const stderr = stripVTControlCharacters(ending.stderr);
  refuseMissingPackages(stderr);
  const end = signal ? `it was ended by ${signal}` : `it ended with status ${status}`;
  const error = errorIn(stderr);
  if (error === undefined)
    return [`it printed ${shown(stdout)}; ${end}`, notStarted(stage, ending)];
  const line = /main\.ts:(\d+)/.exec(error + stderr)?.[1];
  const where = line === undefined || error.includes("main.ts") ? "" : `main.ts:${line}: `;
  return [
    `${end}: ${shown(where + error)}`,
    hintFor(error, { stage, source, stdout, stderr }) ??
      (line === undefined
        ? "Read the message: it says what has failed."
        : `Read the message, and the line that it names: ${line}.`),
  ];
}

function errorIn(stderr: string): string | undefined {
  const text = said(stderr).trimEnd();
  const lastLine = text.split("\n").at(-1) || undefined;
  return ERRORS.map((pattern) => pattern.exec(text)?.[0]).find(Boolean) ?? lastLine;
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
