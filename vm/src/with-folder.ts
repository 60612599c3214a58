import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { cache } from "./folders.ts";

/** Lends `work` a folder of its own, which is deleted when it ends, even if it ends by SIGKILL. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, "run-"));
  // When this program ends, the end of its input wakes the shell. Detached, it hears no Ctrl-C.
  const cleaner = spawn("sh", ["-c", 'cat && rm -rf "$1"', "sh", folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  try {
    return await work(folder);
  } finally {
    cleaner.stdin.end();
    await once(cleaner, "exit");
  }
}
