import type { Picture, Row } from "../room/picture.ts";
import { byCall } from "./counts.ts";

/** The orders that a teacher may choose: by name, or who has been without progress for longest. */
export type Order = "name" | "idle";

let chosen: Order = "name";

export const order = {
  get: () => chosen,
  set(next: Order) {
    chosen = next;
  },
};

/** Returns the students in the order that was chosen, behind those that need help. */
export function inOrder({ students }: Picture): Row[] {
  const byIdle = (one: Row, other: Row) => (chosen === "idle" ? one.moved - other.moved : 0);
  return [...students].sort((a, b) => byCall(a, b) || byIdle(a, b) || byName(a, b));
}

function byName(one: Row, other: Row): number {
  return one.name.localeCompare(other.name, undefined, { numeric: true });
}
