import type { Picture, Row } from "../room/picture.ts";
import { minutesSince } from "./minutes.ts";

/** Shows how students join, how many there are, and who needs help. */
export function showCounts({ address, students }: Picture, now: number): void {
  const calls = students.filter(({ help }) => help !== undefined).sort(byCall);
  const names = calls.map(({ name, help }) => `${name} (${minutesSince(help, now)} min)`);
  const number = `${students.length} ${students.length === 1 ? "student" : "students"}`;
  const help = `${calls.length === 1 ? "needs" : "need"} help: ${names.join(", ")}`;
  say("#join", `pnpm workshop join ${address} Name`);
  say("#counts", calls.length > 0 ? `${number}, ${calls.length} ${help}` : number);
  // Another window may be in front: the tab tells
  document.title = calls.length > 0 ? `(${calls.length}) The class` : "The class";
}

/** Puts those first who have waited longest. */
export function byCall(one: Row, other: Row): number {
  return (one.help ?? Number.POSITIVE_INFINITY) - (other.help ?? Number.POSITIVE_INFINITY) || 0;
}

function say(selector: string, text: string): void {
  const place = document.querySelector(selector);
  if (place && place.textContent !== text) place.textContent = text;
}
