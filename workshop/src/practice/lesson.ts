import { readFileSync } from "node:fs";
import path from "node:path";
import { repo, stageFolder } from "host";
import { numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { mainFile } from "./make-practice.ts";

/** The code of a file, without the comments on top of it: the goal and the usage are no lesson. */
export interface Lesson {
  /** The path of the file, from the top of the repo. */
  file: string;
  code: string;
  /** The number of the line with which the code begins. */
  firstLine: number;
}

/** Returns our code of a stage. */
export function ourLesson(stage: Stage): Lesson {
  return lessonIn(path.join(stageFolder(stage.name), "src/main.ts"));
}

/** Returns a student's code of a stage: it calls itself as ours does. */
export function studentsLesson(stage: Stage): Lesson {
  return renamed(lessonIn(mainFile(stage)), `practice-${numberOf(stage)}`, stage.name);
}

/** Returns code in which a stage has another name, so that the name is no difference. */
export function renamed(lesson: Lesson, name: string, other: string): Lesson {
  return { ...lesson, code: lesson.code.replaceAll(name, other) };
}

/** Reads the code of a stage. */
export function codeOf({ name }: Stage): string {
  return readFileSync(path.join(stageFolder(name), "src/main.ts"), "utf8");
}

function lessonIn(file: string): Lesson {
  const text = readFileSync(file, "utf8");
  const [top = ""] = /^(\s*\/\/[^\n]*\n|\s*\n)*/.exec(text) ?? [];
  const firstLine = top.split("\n").length;
  return { file: path.relative(repo, file), code: text.slice(top.length), firstLine };
}
