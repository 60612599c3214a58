import { changesFolder, ubuntuFs } from "host";
import { config } from "oci/bundle/config";
import type { CheckedCode } from "../checked-code.ts";
import { expect, FactError } from "../fact.ts";
import { complaintOf } from "../reason-of.ts";
import { shown } from "../shown.ts";

/** A line that was typed, and what came of it. */
export interface Typed {
  line: string;
  status: number;
  stdout: string;
  stderr: string;
}

/** The folder with the bundle, which only that host sees. */
const FOLDER = `${changesFolder}/runtime`;

/**
 * Is typed first: `runtime` calls the student's program, and `program` prints the command line of the
 * container's process. Cgroups other than those that count tasks are the machine's.
 */
const PREPARE = `
  runtime() { node --import "$stage/../../shared-native/typescript.cjs" "$stage/src/main.ts" --root ${FOLDER}/containers "$@"; }
  program() { tr '\\0' ' ' <"/proc/$(cat pid)/cmdline"; }
  soon() {
    for try in $(seq 60); do "$@" && return; [ ! "$late" ] && sleep 0.05 || return; done; late=yes; return 1
  }
  stage=$PWD
  mkdir -p ${FOLDER} && mount -t tmpfs tmpfs ${FOLDER} && cd ${FOLDER} || exit
  for place in $(awk '$3 == "cgroup" && $4 !~ /(^|,)pids(,|$)/ || $3 == "cgroup2" && $2 ~ /unified/ { print $2 }' /proc/mounts); do
    umount "$place"
  done`;

/** Keeps what a line prints, since a container goes on writing there, and tells it when the line has ended. */
const TYPE = `
  typed() { { eval "$1"; } >out 2>err </dev/null; printf '%s\\0%s\\0%s\\0' $? "$(cat out)" "$(cat err)"; }`;

/** The name of the container. */
export const NAME = "web";

/** A program for it, and the lines that create it, and start it. */
export const SLEEP = ["sleep", "1000"];
export const CREATE = `runtime create --pid-file pid ${NAME}`;
export const START = `runtime start ${NAME}`;

/**
 * Types lines one after the other, where there is a bundle. `runtime` in them is the student's.
 *
 * @param args the container's program, and its arguments
 * @returns what came of each line
 * @throws {FactError} when not all of them came to an end
 */
export async function typeCalls<const Lines extends readonly string[]>(
  code: CheckedCode,
  args: string[],
  lines: Lines,
): Promise<{ [Index in keyof Lines]: Typed }> {
  const bundle = {
    ...config,
    root: { path: ubuntuFs, readonly: true },
    process: {
      args,
      cwd: "/",
      user: { uid: 0, gid: 0 },
      env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"],
    },
  };
  const written = `cat >config.json <<'END'\n${JSON.stringify(bundle)}\nEND`;
  const typed = lines.map((line) => `typed '${line.replaceAll("'", "'\\''")}'`);
  const ending = await code.type([PREPARE, TYPE, written, ...typed].join("\n"));
  const words = ending.stdout.split("\0");
  return lines.map((line, index) => {
    const [status = "", stdout = "", stderr] = words.slice(3 * index, 3 * index + 3);
    if (stderr === undefined) throw endedWithShell(line);
    return { line, status: Number(status), stdout, stderr };
  }) as { [Index in keyof Lines]: Typed };
}

function endedWithShell(line: string): FactError {
  return new FactError(
    `"${line}" ends, and the shell that it was typed in goes on`,
    "that shell has ended",
    "A signal went to a wrong process: send() takes the PID of the container's, container.pid.",
  );
}

/** @throws {FactError} for the first line that failed */
export function expectAll(code: CheckedCode, typed: readonly Typed[]): void {
  for (const each of typed) {
    if (each.status !== 0) throw failed(code, each, `"${each.line}" ends with status 0`);
  }
}

/** @throws {FactError} unless a line was refused: one line on standard error, and a status that is not 0 */
export function expectRefused(code: CheckedCode, typed: Typed, hint: string): void {
  const expected = `"${typed.line}" is refused here, in a line`;
  expect(
    typed.status !== 0,
    expected,
    `it ended with status 0, and printed ${shown(typed.stdout)}`,
    hint,
  );
  const isLine = /^[\w-]+: .+$/.test(typed.stderr.trim());
  if (!isLine || /nothing is written yet/.test(typed.stderr)) throw failed(code, typed, expected);
}

function failed(code: CheckedCode, typed: Typed, expected: string): FactError {
  const { status, stdout, stderr } = typed;
  const ending = {
    status,
    signal: null,
    stdout,
    stderr,
    excess: undefined,
    full: [],
    joined: [],
    copies: 0,
  };
  const complaint = complaintOf(code, ending, stderr.trim().split("\n").at(-1));
  return new FactError(
    expected,
    `it ended with status ${status}: ${complaint?.error ?? "it printed nothing"}`,
    complaint?.hint ?? "It ends so without a word: look where it calls process.exit.",
  );
}
