import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { giveToOwnerOfFolder, repo } from "host";

/** The board that a student has joined. While this is there, and is not too old, it is told. */
export interface Joined {
  /** The board's host and port. */
  address: string;
  /** The room's code. */
  code: string;
  key: string;
  name?: string;
  /** The time of joining. */
  since: string;
  /** The time when the student called for help. */
  help?: string;
}

/** The time after which a student is on no board any more, in milliseconds: next week nothing is sent. */
export const LASTS = 12 * 60 * 60 * 1000;

const file = path.join(repo, "practice/joined.json");

/** Returns the board that is to be told, or undefined. */
export function readJoined(): Joined | undefined {
  let joined: Joined;
  try {
    joined = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // it is not there, or says nothing
  }
  return Date.now() - Date.parse(joined.since) < LASTS ? joined : undefined;
}

export function writeJoined(joined: Joined): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(joined, null, 2)}\n`, { mode: 0o600 });
  giveToOwnerOfFolder(next);
  renameSync(next, file);
}

export function forgetJoined(): void {
  rmSync(file, { force: true });
}
