import type { Column, Picture } from "../room/picture.ts";

/** Returns the stages that have a column: those of part one, and of part two those that somebody has begun. */
export function shownStages({ stages, students }: Picture): Column[] {
  const isBegun = (name: string) => students.some((row) => row.stages[name] !== undefined);
  return stages.filter(({ name }) => name < "06" || isBegun(name));
}
