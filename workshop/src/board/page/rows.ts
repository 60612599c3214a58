import type { Picture, Row } from "../room/picture.ts";
import { cellsOf } from "./cells.ts";
import { element } from "./element.ts";
import { inOrder } from "./order.ts";

/** The row of a student on the page, with what it shows now. */
interface Shown {
  row: HTMLTableRowElement;
  button: HTMLButtonElement;
  html: string;
}

const shown = new Map<number, Shown>();

/** Shows a row for each student. What can be clicked stays where it is while all around it changes. */
export function showRows(picture: Picture, now: number, remove: (id: number) => void): void {
  const body = document.querySelector("tbody");
  if (body === null) return;
  const students = inOrder(picture);
  for (const [id, { row }] of shown) {
    if (students.some((student) => student.id === id)) continue;
    row.remove();
    shown.delete(id);
  }
  const focused = document.activeElement;
  for (const [index, student] of students.entries()) {
    const one = shown.get(student.id) ?? openRow(student.id, remove);
    showRow(one, student, picture, now);
    if (body.rows[index] !== one.row) body.insertBefore(one.row, body.rows[index] ?? null);
  }
  // What is moved loses the focus
  if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
}

function openRow(id: number, remove: (id: number) => void): Shown {
  const title = "Takes the row away. It is back with the next check, unless the student has left.";
  const button = element("button", { type: "button", title, class: "remove" }, "×");
  button.addEventListener("click", () => remove(id));
  const one = { row: element("tr", {}, element("td", {}, button)), button, html: "" };
  shown.set(id, one);
  return one;
}

function showRow(one: Shown, student: Row, picture: Picture, now: number): void {
  const cells = cellsOf(student, picture, now);
  const html = cells.map(({ outerHTML }) => outerHTML).join("");
  if (html === one.html) return;
  one.html = html;
  one.row.className = student.help === undefined ? "" : "calls";
  one.button.setAttribute("aria-label", `Remove ${student.name}`);
  for (const cell of [...one.row.cells].slice(0, -1)) cell.remove();
  one.row.prepend(...cells);
}
