import type { Picture } from "../room/picture.ts";
import { shownStages } from "./columns.ts";
import { element } from "./element.ts";
import { type Order, order } from "./order.ts";

const SORTS: Record<Order, string> = { name: "ascending", idle: "descending" };

let shown = "";

/** Shows the heads of the columns. With some of them, a teacher puts the rows in another order. */
export function showHead(picture: Picture, draw: () => void): void {
  const head = document.querySelector("thead");
  const stages = shownStages(picture);
  const now = JSON.stringify([
    order.get(),
    stages.map(({ name }) => [name, doneWith(name, picture)]),
  ]);
  if (head === null || shown === now) return;
  shown = now;
  const isFocused = head.contains(document.activeElement);
  const sorting = (label: string, by: Order) => {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => {
      order.set(by);
      draw();
    });
    const isChosen = order.get() === by;
    const sort: Record<string, string> = isChosen ? { "aria-sort": SORTS[by] } : {};
    return element("th", { scope: "col", class: by, ...sort }, button);
  };
  const columns = stages.map(({ name }) => {
    const done = element("small", {}, `${doneWith(name, picture)} done`);
    return element("th", { scope: "col", class: "stage", title: name }, name.slice(0, 2), done);
  });
  head.replaceChildren(
    element(
      "tr",
      {},
      sorting("Student", "name"),
      ...columns,
      element("th", { scope: "col", class: "fact" }, "First fact that fails"),
      element("th", { scope: "col", class: "number" }, "Hints"),
      sorting("Without progress", "idle"),
      element("th", { scope: "col" }, element("span", { class: "hidden" }, "Remove")),
    ),
  );
  if (isFocused) head.querySelector<HTMLElement>("[aria-sort] button")?.focus();
}

function doneWith(stage: string, { students }: Picture): number {
  return students.filter(({ stages }) => stages[stage]?.passed).length;
}
