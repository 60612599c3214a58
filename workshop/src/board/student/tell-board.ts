import { spawn } from "node:child_process";
import path from "node:path";
import { repo } from "host";
import { readJoined } from "./joined.ts";

/**
 * Sends a student's standing to the board, if they are on one. Another process does it, for which nobody
 * waits: a board that is away must not hold anybody up.
 */
export function tellBoard(): void {
  if (readJoined() === undefined) return;
  const args = ["--import", "../shared-native/typescript.cjs", "src/board/student/keep-sending.ts"];
  spawn(process.execPath, args, {
    cwd: path.join(repo, "workshop"),
    detached: true,
    stdio: "ignore",
  })
    .on("error", () => {}) // too many processes: the next command tells it
    .unref();
}
