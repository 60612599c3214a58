import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { collect, practiceFolder, repo } from "host";
import type { PracticeMessage } from "../messages.ts";

/** Checks what a student wrote, one stage at a time. */
export interface Checker {
  /** Checks a stage, in place of a check that is still under way. */
  check(stage: string, code: string): void;
  close(): Promise<void>;
}

/**
 * Opens one.
 *
 * @param isCopy true if the repo here is a copy, into which the code has to be written first
 */
export function openChecker(isCopy: boolean, tell: (message: PracticeMessage) => void): Checker {
  let checking: { child: ChildProcess; ended: Promise<unknown> } | undefined;
  return {
    check(stage, code) {
      checking?.child.kill("SIGTERM");
      tell({ type: "checking", stage });
      const child = startCheck(stage, isCopy ? code : undefined);
      const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
      const mine = { child, ended: once(child, "close") };
      checking = mine;
      void mine.ended.then(() => {
        if (checking !== mine) return; // there is newer code
        checking = undefined;
        if (stdout()) tell({ type: "verdicts", stage, facts: JSON.parse(stdout()).facts });
        else tell({ type: "unchecked", stage, reason: stderr().trim().slice(0, 1000) });
      });
    },
    async close() {
      checking?.child.kill("SIGTERM");
      await checking?.ended;
    },
  };
}

const WORKSHOP = [process.execPath, "--import", "../shared-native/typescript.cjs", "src/main.ts"];

/** A script that writes the code into a copy of the repo, which may not have that stage in practice/ yet. */
const WRITE = `file=$1 stage=$2 && shift 2
  test -e "$file" || "$@" practice "$stage" >&2
  cat >"$file" && exec "$@" check "$stage" --json`;

function startCheck(stage: string, code: string | undefined) {
  const main = path.join(practiceFolder(stage), "src/main.ts");
  const [file = "", ...args] =
    code === undefined
      ? [...WORKSHOP, "check", stage, "--json"]
      : ["sh", "-c", WRITE, "sh", main, stage, ...WORKSHOP];
  const child = spawn(file, args, {
    cwd: path.join(repo, "workshop"),
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  child.stdin.on("error", () => {}); // it was ended for newer code
  child.stdin.end(code);
  return child;
}
