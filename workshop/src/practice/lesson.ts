import { readFileSync } from "node:fs";
import path from "node:path";
import { repo, stageFolder } from "host";
import { numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { mainFile } from "./main-file.ts";

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
  return lessonOf(stage, `steps/${stage.name}/src/main.ts`, codeOf(stage));
}

/** Returns a student's code of a stage. */
export function studentsLesson(stage: Stage): Lesson {
  const file = mainFile(stage);
  return lessonOf(stage, path.relative(repo, file), readFileSync(file, "utf8"));
}

/** Returns the lesson in some code, which calls itself as our code of the stage does. */
export function lessonOf(stage: Stage, file: string, text: string): Lesson {
  const [top = ""] = /^(\s*\/\/[^\n]*\n|\s*\n)*/.exec(text) ?? [];
  const code = text.slice(top.length).replaceAll(`practice-${numberOf(stage)}`, stage.name);
  return { file, code, firstLine: top.split("\n").length };
}

/** Returns code in which a stage has another name, so that the name is no difference. */
export function renamed(lesson: Lesson, name: string, other: string): Lesson {
  return { ...lesson, code: lesson.code.replaceAll(name, other) };
}

/** Reads the code of a stage. */
export function codeOf({ name }: Stage): string {
  return readFileSync(path.join(stageFolder(name), "src/main.ts"), "utf8");
}
