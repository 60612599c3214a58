import { EventEmitter } from "node:events";
import type { Reason, Standing } from "../messages.ts";
import type { Row } from "./picture.ts";

/** The most students on a board. */
export const MOST = 200;

/** All that a board keeps from one start to the next. */
export interface Kept {
  code: string;
  /** Opens the page. */
  token: string;
  port: number;
  since: string;
  /** The students' rows, by their keys. */
  students: Record<string, Row>;
  /** The keys of those that have left: what was on its way then must not bring them back. */
  left: string[];
}

/** The students in a room. */
export interface Room {
  kept: Kept;
  /** Emits "change". */
  changes: EventEmitter;
  /** Puts a student on the board, and returns the name there. */
  take(standing: Standing): { name: string } | { reason: Reason };
  leave(key: string): void;
  /** Takes a row away, by its number. It is back with the next news of the student. */
  remove(id: number): void;
}

export function openRoom(kept: Kept): Room {
  const students = new Map(Object.entries(kept.students));
  const changes = new EventEmitter().setMaxListeners(0);
  const changed = () => {
    kept.students = Object.fromEntries(students);
    changes.emit("change");
  };
  return {
    kept,
    changes,
    take({ key, name: asked, stage, stages, idle, help }) {
      const before = students.get(key);
      if (kept.left.includes(key)) return { reason: "left" };
      if (before === undefined && students.size >= MOST) return { reason: "full" };
      const others = [...students.values()].filter((row) => row !== before);
      const names = new Set(others.map((row) => row.name.toLowerCase()));
      const name = asked ?? before?.name ?? `${smallestNot((number) => names.has(`${number}`))}`;
      if (names.has(name.toLowerCase())) return { reason: "name" };
      const ids = new Set(others.map((row) => row.id));
      const id = before?.id ?? smallestNot((number) => ids.has(number));
      const ago = (seconds: number) => Date.now() - seconds * 1000;
      const calls = help === undefined ? {} : { help: ago(help) };
      students.set(key, { id, name, stage, stages, moved: ago(idle), ...calls });
      changed();
      return { name };
    },
    leave(key) {
      students.delete(key);
      kept.left = [...kept.left, key].slice(-5 * MOST);
      changed();
    },
    remove(id) {
      for (const [key, row] of students) if (row.id === id) students.delete(key);
      changed();
    },
  };
}

function smallestNot(isTaken: (number: number) => boolean): number {
  let number = 1;
  while (isTaken(number)) number++;
  return number;
}
