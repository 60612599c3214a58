import { chownSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";

/** How far a student is with a stage. It stays on this machine. */
interface StageProgress {
  /** When all facts held for the first time. */
  passed?: string;
  /** How many facts held at the last check. */
  held?: number;
  /** How many hints were read. */
  hints?: number;
}

type Progress = Record<string, StageProgress>;

const file = path.join(repo, "practice/progress.json");

/** @throws {Error} when the file cannot be read as JSON, with what to type */
export function readProgress(): Progress {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new Error(`${file} is damaged: type "rm ${file}"`, { cause: error });
  }
}

/** Notes something about a stage, and keeps the rest. */
export function noteProgress(stage: string, news: StageProgress): void {
  const progress = readProgress();
  progress[stage] = { ...progress[stage], ...news };
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(progress, null, 2)}\n`);
  // `check` runs as root, in a repo that may be somebody's
  const { uid, gid } = statSync(repo);
  chownSync(next, uid, gid);
  renameSync(next, file);
}
