import type { Column, Picture, Row } from "../room/picture.ts";
import { shownStages } from "./columns.ts";
import { element } from "./element.ts";
import { minutesSince } from "./minutes.ts";

/** The minutes without progress after which a row stands out. */
const LONG = 10;

/** Makes the cells of a student's row. */
export function cellsOf(student: Row, picture: Picture, now: number): HTMLTableCellElement[] {
  const { name, stage, stages, moved, help } = student;
  const { failed, hints = 0 } = stages[stage] ?? {};
  const facts = picture.stages.find((one) => one.name === stage)?.facts ?? {};
  const fails = failed === undefined ? "" : (facts[failed] ?? failed);
  const minutes = minutesSince(moved, now);
  const isLong = minutes >= LONG;
  const call = element("strong", {}, `needs help, ${minutesSince(help, now)} min`);
  return [
    element(
      "th",
      { scope: "row" },
      element("span", { title: name }, name),
      ...(help === undefined ? [] : [call]),
    ),
    ...shownStages(picture).map((column) => stageCell(student, column)),
    element("td", { class: "fact", title: fails }, fails),
    element("td", { class: "number" }, hints === 0 ? "" : `${hints}`),
    element("td", { class: isLong ? "number long" : "number" }, `${minutes} min`),
  ];
}

function stageCell({ stage, stages }: Row, { name, facts }: Column): HTMLTableCellElement {
  const standing = stages[name];
  const here = name === stage ? "here" : "";
  if (standing === undefined) return element("td", { class: `stage ${here}` });
  if (standing.passed) {
    const words = element("span", { class: "hidden" }, "done");
    return element("td", { class: `stage done ${here}` }, "✓", words);
  }
  const all = Object.keys(facts).length;
  const numbers = { max: `${all}`, value: `${standing.held}`, "aria-hidden": "true" };
  const bar = element("progress", numbers);
  return element("td", { class: `stage ${here}` }, `${standing.held}/${all}`, bar);
}
