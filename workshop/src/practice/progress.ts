import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { giveToOwnerOfFolder, repo } from "host";
import { tellBoard } from "../board/student/tell-board.ts";
import { stages } from "../stages/index.ts";
import type { Stage } from "../stages/stage.ts";

/** A student's progress with a stage. It stays on this machine, unless they have joined a board. */
export interface StageProgress {
  /** The time when all facts held for the first time. */
  passed?: string;
  /** The number of facts that held at the last check. */
  held?: number;
  /** The fact that failed then: none, when all held. */
  failed?: string | undefined;
  /** A hash of what was checked then. */
  checked?: string | undefined;
  /** The number of hints that were read, by the facts that they are for. */
  hints?: Record<string, number>;
  /** The most facts that ever held. */
  best?: number;
  /** The time when that last became more, or the stage was begun. */
  moved?: string;
  /** The time of the last news. */
  noted?: string;
}

type Progress = Record<string, StageProgress>;

const file = path.join(repo, "practice/progress.json");

/** Returns the stage to go on with: the first that is not done. */
export function currentStage(): Stage {
  const progress = readProgress();
  const isOpen = ({ name }: Stage) => progress[name]?.passed === undefined;
  return stages.find(isOpen) ?? stages.at(-1) ?? stages[0];
}

/** @throws {Error} when the file cannot be read as JSON, with what to type */
export function readProgress(): Progress {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is damaged: type "rm ${file}"`, { cause: error });
  }
}

/** Notes something about a stage, keeps the rest, and has the board told, if the student is on one. */
export function noteProgress({ name }: Stage, news: StageProgress): void {
  const progress = readProgress();
  progress[name] = { ...progress[name], ...news, noted: new Date().toISOString() };
  mkdirSync(path.dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(progress, null, 2)}\n`);
  giveToOwnerOfFolder(next); // `check` runs as root
  renameSync(next, file);
  tellBoard();
}
