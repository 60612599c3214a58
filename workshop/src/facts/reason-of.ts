import type { Ending } from "host";
import type { Shape } from "../stages/shape.ts";
import { hintFor } from "./known-errors.ts";
import { shown } from "./shown.ts";

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
export function reasonOf(stage: Shape, ending: Ending): [actual: string, hint: string] {
  const { status, signal } = ending;
  const end = signal ? `it was ended by ${signal}` : `it ended with status ${status}`;
  const error = errorIn(ending.stderr);
  if (error !== undefined) {
    return [
      `${end}: ${error}`,
      hintFor(ending.stderr) ?? "Read the message, and the line that it names.",
    ];
  }
  const printed = `printed ${shown(ending.stdout)}`;
  return [`it ${printed}; ${end}`, notStarted(stage, ending)];
}

function errorIn(stderr: string): string | undefined {
  const line = ERRORS.map((pattern) => pattern.exec(stderr)?.[0]).find(Boolean);
  if (line === undefined) return undefined;
  const where = /main\.ts:(\d+)/.exec(stderr)?.[1];
  return shown(where && !line.includes("main.ts") ? `main.ts:${where}: ${line}` : line);
}

function notStarted(stage: Shape, { status }: Ending): string {
  if (!stage.hasChild && status === 0) {
    return "run() has to start the command, with its arguments: spawn(file, args, { … }).";
  }
  return "The program ended without having run the command. Does run() start child, child the command, and does each wait for its own?";
}
