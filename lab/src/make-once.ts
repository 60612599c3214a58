import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import path from "node:path";

/**
 * Makes a folder with what is in it, unless it is there: once, also when several programs want it at
 * the same time; and whole or not at all, however this program ends.
 *
 * @param make fills an empty folder beside it
 */
export async function makeOnce(
  folder: string,
  signal: AbortSignal,
  make: (making: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  await withLock(`${folder}.lock`, signal, async () => {
    if (existsSync(folder)) return; // another program has made it meanwhile
    await withFolder(path.dirname(folder), async (making) => {
      await make(making);
      renameSync(making, folder);
    });
  });
}

/** Works while nobody else holds the lock: flock(1) releases it when its command's input ends. */
async function withLock(
  file: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  // flock(1) is Linux's. Elsewhere the second of two at the same time fails, and finds all there next time
  if (process.platform !== "linux") return await work();
  const holder = spawn("flock", [file, "sh", "-c", "echo locked && cat"], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true, // it hears no Ctrl-C
  });
  const say = () => console.error("lab: waiting for another pnpm lab, which makes the same");
  const timer = setTimeout(say, 1000);
  try {
    await once(holder.stdout, "data", { signal });
    clearTimeout(timer);
    await work();
  } finally {
    clearTimeout(timer);
    holder.kill("SIGHUP"); // while it waits for the lock, it does not look at its input
    holder.stdin.end();
  }
}

/** Lends `work` a folder of its own in a place, which is deleted when it ends, even by SIGKILL. */
async function withFolder(place: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(place, "making-"));
  // When this program ends, the end of its input wakes the shell. Detached, it hears no Ctrl-C.
  const cleaner = spawn("sh", ["-c", 'cat && rm -rf "$1"', "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  try {
    await work(folder);
  } finally {
    cleaner.stdin.end();
    await once(cleaner, "exit");
  }
}
