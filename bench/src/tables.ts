import { measured, type Results, type Row } from "./results.ts";

/** The parts of the report in Markdown, for the terminal and for the page of the course. */
export const tables = {
  machine: ({ machine: { date, processor, cores, load, system, kernel, node } }) =>
    `${date}: ${processor}, ${cores} cores, load ${load}; ${system}, Linux ${kernel}, Node ${node}.`,

  starts: ({ starts }) =>
    table(["median, ms", "fastest, ms", "÷ `go run`", "÷ two Nodes"], starts, (row) => [
      row.median.toFixed(1),
      row.fastest.toFixed(1),
      row.byGoRun?.toFixed(2) ?? "",
      row.byTwoNodes?.toFixed(2) ?? "",
    ]),

  bars: ({ bars }) =>
    grid(
      ["what", "measured", "at most"],
      bars.map(({ what, measured, atMost }) => [what, String(measured), String(atMost)]),
    ),

  atOnce: ({ atOnce }) => {
    const counts = Object.keys(Object.assign({}, ...atOnce.map((row) => measured(row)?.medians)));
    const head = ["typed", ...counts.map((count) => `${count}, ms`)];
    return table(head, atOnce, ({ medians }) => Object.values(medians).map((ms) => ms.toFixed(0)));
  },

  memory: ({ memory }) =>
    table(["typed", "`run`, MiB", "`child`, MiB", "both, MiB"], memory, ({ run, child }) =>
      [run, child, run + child].map((mebibytes) => mebibytes.toFixed(1)),
    ),

  jobs: ({ jobs }) =>
    table(["typed", "seconds", "largest process, MiB"], jobs, ({ seconds, memory }) => [
      seconds.toFixed(1),
      String(memory),
    ]),
} satisfies Record<keyof Results, (results: Results) => string>;

function table<Measured extends object>(
  head: string[],
  rows: Row<Measured>[],
  cells: (measured: Measured) => string[],
): string {
  const lines = rows.map((row) => {
    const found = measured(row);
    const typed = head.includes("typed") ? [`\`${row.typed}\``] : [];
    return [row.name, ...typed, ...(found ? cells(found) : ["not here"])];
  });
  const missing = rows.filter((row) => measured(row) === undefined);
  const reasons = missing.map(({ name, notHere }) => `\n\nNot here, ${name}: ${notHere}`);
  return grid(["what", ...head], lines) + reasons.join("");
}

function grid(head: string[], rows: string[][]): string {
  const rule = head.map((title) => (/^(what|typed)$/.test(title) ? "---" : "---:"));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
