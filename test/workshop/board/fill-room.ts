import { writeFileSync } from "node:fs";
import { stages } from "workshop/stages";
import type { Board, Classroom, Student } from "./open-room.ts";

const NAMES =
  "Ada Bo Cem Dara Emil Farida Goran Hanna Ivo Jun Kofi Lea Mateo Nour Olga Pia Quentin Rosa Sven Tariq Uma Vera Wim Xenia Yara Zoran Åsa Çelik Łucja Marie-Antoinette von Habsburg-Lothringen".split(
    " ",
  );

/** The names of thirty students, the last of whom has a long one. */
export const CLASS = [...NAMES.slice(0, 29), NAMES.slice(29).join(" ").slice(0, 40)];

const MINUTE = 60_000;

/** Lets thirty students join, half an hour ago, each somewhere else in the course, as their checks have noted it. */
export async function fillRoom(room: Classroom, board: Board): Promise<Student[]> {
  const students: Student[] = [];
  for (let first = 0; first < CLASS.length; first += 6) {
    const six = CLASS.slice(first, first + 6).map(async (name, index) => {
      const number = first + index;
      const student = await room.student(`${number}`);
      writeFileSync(`${student.practice}/progress.json`, JSON.stringify(progressOf(number)));
      const { status, stderr } = await student.shell(
        `pnpm workshop join ${board.address} '${name}' && ${ageBy(30)} && pnpm workshop join`,
      );
      if (status !== 0) throw new Error(stderr);
      return student;
    });
    students.push(...(await Promise.all(six)));
  }
  return students;
}

/** Returns a command that lets a student have joined so many minutes ago. */
function ageBy(minutes: number): string {
  const since = new Date(Date.now() - minutes * MINUTE).toISOString();
  return `sed -i 's/"since": "[^"]*"/"since": "${since}"/' practice/joined.json`;
}

function progressOf(number: number): object {
  const done = number % 5; // stages
  const moved = new Date(Date.now() - ((number * 7) % 23) * MINUTE).toISOString();
  const begun = stages.slice(0, done + 1).map((stage, index) => {
    const held = index < done ? stage.facts.length : number % stage.facts.length;
    const failed = stage.facts[held]?.id;
    const passed = failed === undefined && { passed: moved };
    const hints = failed && number % 3 > 0 ? { [failed]: number % 3 } : {};
    return [stage.name, { held, failed, ...passed, hints, best: held, moved, noted: moved }];
  });
  return Object.fromEntries(number === 8 ? [] : begun);
}
