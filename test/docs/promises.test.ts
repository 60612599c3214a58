import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { expect, it } from "vitest";

/** A row of the page "What we promise": | promise | `file` › `title`, `file` › `title` | */
const rows = readFileSync(path.join(repo, "docs/promises.md"), "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|.* (kept|shown) by \|$)/.test(line));

it.each(rows.map((row) => row.split("|").slice(1)))(
  "the promise has its test:%s",
  (_, cell = "") => {
    const named = [...cell.matchAll(/`([^`]+)` › `([^`]+)`/g)];
    expect(named).not.toEqual([]);
    expect(cell.trim()).toBe(named.map(([both]) => both).join(", "));
    for (const [, file = "", title = ""] of named) {
      const titles = titlesIn(readFileSync(path.join(repo, file), "utf8"));
      expect(titles, file).toContain(title);
    }
  },
);

/** Lists the first text of each test and of each row of a table of tests, and facts' titles. */
function titlesIn(code: string): string[] {
  const firsts =
    /(?:(?:\bit(?:\.(?!skip|todo)\w+)?|\))\(|\btitle:)\s*"((?:[^"\\]|\\.)*)"|\[\s*(?:\/\/.*\s*)?"((?:[^"\\]|\\.)*)"/g;
  return [...code.matchAll(firsts)].map(([, test, row]) => test ?? row ?? "");
}
