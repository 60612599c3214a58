import { randomBytes, randomInt } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { giveToOwnerOfFolder, repo } from "host";
import { LASTS } from "../student/joined.ts";
import type { Kept } from "./room.ts";

/** Letters and digits that nobody takes for others on a projector. */
const SIGNS = "abcdefghjkmnpqrstuvwxyz23456789";

const file = path.join(repo, "practice/board.json");

/**
 * Returns the room of the board that ran here before, or a new one: after a class has ended, or if asked.
 *
 * @param port 0 for that of the room before, or 7070
 */
export function findRoom(isNew: boolean, port: number): Kept {
  const before = isNew ? undefined : readRoom();
  if (before !== undefined) return { ...before, port: port || before.port };
  return {
    code: Array.from({ length: 6 }, () => SIGNS[randomInt(SIGNS.length)]).join(""),
    token: randomBytes(32).toString("base64url"),
    port: port || 7070,
    since: new Date().toISOString(),
    students: {},
    left: [],
  };
}

/** Keeps a room for the next start: after a power cut, the students' addresses are still right. */
export function keepRoom(room: Kept): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(room, null, 2)}\n`, { mode: 0o600 });
  giveToOwnerOfFolder(next);
  renameSync(next, file);
}

function readRoom(): Kept | undefined {
  try {
    const room: Kept = JSON.parse(readFileSync(file, "utf8"));
    return Date.now() - Date.parse(room.since) < LASTS ? room : undefined;
  } catch {
    return undefined; // it is not there, or says nothing
  }
}
