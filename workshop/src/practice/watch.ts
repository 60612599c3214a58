import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { practiceFolder } from "host";
import type { Stage } from "../stages/stage.ts";
import { onKeys } from "../terminal/keys.ts";
import { openWatchScreen } from "../terminal/watch-screen.ts";
import { readAll } from "./read-all.ts";

/** The time between two looks, in milliseconds. */
const INTERVAL = 40;

interface Options {
  signal: AbortSignal;
  /** Checks the code, and returns what tells the outcome. */
  check(stop: AbortSignal): Promise<() => string>;
  /** Returns what a key shows, by the key's name. */
  keys: Record<string, () => string>;
}

/**
 * Checks a stage now, and again each time its code has changed, until the user has had enough.
 *
 * It looks at the files' contents: no kernel tells of a change that another machine has made, and
 * times of files say little after rsync.
 */
export async function watchPractice(stage: Stage, { signal, check, keys }: Options): Promise<void> {
  const source = path.join(practiceFolder(stage.name), "src");
  const quit = new AbortController();
  const done = AbortSignal.any([signal, quit.signal]);
  const screen = openWatchScreen();
  let pressed = "";
  const stopReading = onKeys((key) => {
    if (key === "q") quit.abort();
    pressed = key;
  });
  try {
    let checked = readAll(source);
    let running = start(check, done, screen.show);
    for (let last = checked; !done.aborted; ) {
      await sleep(INTERVAL, undefined, { signal: done }).catch(() => {});
      const now = readAll(source);
      // Saved, and saved to the end: the same twice in a row.
      const isSettled = now === last && now !== checked && now !== "";
      last = now;
      if (isSettled || pressed === "return") {
        checked = now;
        pressed = "";
        await running.stop();
        screen.clear();
        running = start(check, done, screen.show);
      } else if (running.hasEnded()) {
        const text = keys[pressed]?.(); // a hint is for the fact that has failed
        pressed = "";
        if (text) await screen.showAbove(text);
      }
    }
    await running.stop();
  } finally {
    screen.close();
    stopReading();
  }
}

/** Starts a check that can be broken off, when there is newer code. */
function start(check: Options["check"], done: AbortSignal, show: (outcome: () => string) => void) {
  const newer = new AbortController();
  const stop = AbortSignal.any([done, newer.signal]);
  let over = false;
  const ended = check(stop).then(
    (outcome) => {
      over = true;
      show(outcome);
    },
    (error) => {
      over = true;
      if (!stop.aborted) show(() => `\n  error: ${error.message}\n`);
    },
  );
  return {
    hasEnded: () => over,
    stop: async () => {
      newer.abort(new Error("there is newer code"));
      await ended;
    },
  };
}
