import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { collect, practiceFolder, repo, stageNames } from "host";
import type { ToPage } from "../messages.ts";

/** The time between two looks at the files, in milliseconds. */
const INTERVAL = 400;

/**
 * Checks a stage when its code in practice/ is saved, and at first that which was saved last.
 *
 * @returns a function that ends it
 */
export function watchPractice(tell: (message: ToPage) => void): () => Promise<void> {
  const sources = new Map(stageNames.map((stage) => [stage, read(stage)]));
  const last = new Map(sources);
  let checking: { stage: string; child: ChildProcess; ended: Promise<unknown> } | undefined;

  function check(stage: string): void {
    checking?.child.kill("SIGTERM");
    tell({ type: "checking", stage });
    const args = [
      "--import",
      "../shared-native/typescript.cjs",
      "src/main.ts",
      "check",
      stage,
      "--json",
    ];
    const cwd = path.join(repo, "workshop");
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    const child = spawn(process.execPath, args, { cwd, stdio, detached: true });
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    const mine = { stage, child, ended: once(child, "close") };
    checking = mine;
    void mine.ended.then(() => {
      if (checking !== mine) return; // there is newer code
      checking = undefined;
      if (stdout()) tell({ type: "verdicts", stage, facts: JSON.parse(stdout()).facts });
      else tell({ type: "unchecked", stage, reason: stderr().trim().slice(0, 1000) });
    });
  }

  const timer = setInterval(() => {
    for (const [stage, before] of sources) {
      const now = read(stage);
      // Saved to the end: the same twice in a row
      if (now !== before && now === last.get(stage)) {
        sources.set(stage, now);
        if (now !== "") check(stage);
      }
      last.set(stage, now);
    }
  }, INTERVAL);
  const begun = stageNames.filter((stage) => sources.get(stage) !== "");
  const newest = begun.sort((a, b) => savedAt(a) - savedAt(b)).at(-1);
  if (newest !== undefined) check(newest);

  return async () => {
    clearInterval(timer);
    checking?.child.kill("SIGTERM");
    await checking?.ended;
  };
}

function mainFile(stage: string): string {
  return path.join(practiceFolder(stage), "src/main.ts");
}

function savedAt(stage: string): number {
  return statSync(mainFile(stage), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Returns the code of a stage: its contents, as times of files say little after rsync. */
function read(stage: string): string {
  try {
    return readFileSync(mainFile(stage), "utf8");
  } catch {
    return "";
  }
}
