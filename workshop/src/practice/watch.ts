import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { emitKeypressEvents } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { practiceFolder } from "host";
import type { Stage } from "../stages/stage.ts";
import { paint } from "../terminal/paint.ts";

/** The time between two looks, in milliseconds. */
const INTERVAL = 200;

interface Options {
  signal: AbortSignal;
  check(stop: AbortSignal): Promise<void>;
  /** Called when a key of that name is pressed. */
  keys: Record<string, () => void>;
}

/**
 * Checks a stage now, and again each time its code has changed, until the user has had enough.
 *
 * It looks at the files' contents: no kernel tells of a change that another machine has made, and
 * times of files say little after rsync.
 */
export async function watchPractice(
  stage: Stage,
  { signal, check, ...options }: Options,
): Promise<void> {
  const source = path.join(practiceFolder(stage.name), "src");
  const quit = new AbortController();
  const done = AbortSignal.any([signal, quit.signal]);
  let rerun = false;
  const keys: Record<string, () => void> = {
    q: () => quit.abort(),
    ...options.keys,
    return: () => {
      rerun = true;
    },
  };
  const stopReading = onKeys((key) => keys[key]?.());
  try {
    let checked = read(source);
    let running = start(check, done);
    for (let last = checked; !done.aborted; ) {
      await sleep(INTERVAL, undefined, { signal: done }).catch(() => {});
      const now = read(source);
      // Saved, and saved to the end: the same twice in a row.
      const isSettled = now === last && now !== checked && now !== "";
      last = now;
      if (!isSettled && !rerun) continue;
      rerun = false;
      checked = now;
      await running.stop();
      if (process.stdout.isTTY) process.stdout.write("\x1b[2J\x1b[3J\x1b[H");
      running = start(check, done);
    }
    await running.stop();
  } finally {
    stopReading();
  }
}

/** Starts a check that can be broken off, when there is newer code. */
function start(check: Options["check"], done: AbortSignal) {
  const newer = new AbortController();
  const stop = AbortSignal.any([done, newer.signal]);
  const ended = check(stop).then(
    () => console.log(`  ${PROMPT}`),
    (error) => {
      if (!stop.aborted) console.log(`  error: ${error.message}`);
    },
  );
  return {
    stop: async () => {
      newer.abort(new Error("there is newer code"));
      await ended;
    },
  };
}

const PROMPT = `${paint("dim", "Saved code is checked at once.")}  ${["hint", "diff", "quit"]
  .map((word) => `${paint("bold", word.slice(0, 1))} ${word}`)
  .join("   ")}`;

/** Returns all files of a folder and what is in them, or "" while one cannot be read. */
function read(folder: string): string {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return files
      .map((file) => path.join(folder, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => `${file}\0${readFileSync(file, "utf8")}`)
      .join("\0");
  } catch {
    return ""; // a file is being replaced just now
  }
}

/** Calls `react` with each key; returns a function that stops it. */
function onKeys(react: (key: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  emitKeypressEvents(stdin);
  const listen = (_: string, key: { name?: string; ctrl?: boolean }) => {
    if (key.ctrl && key.name === "c") process.kill(process.pid, "SIGINT");
    else react(key.name ?? "");
  };
  stdin.setRawMode(true).on("keypress", listen).resume();
  return () => {
    stdin.off("keypress", listen).setRawMode(false).pause();
  };
}
