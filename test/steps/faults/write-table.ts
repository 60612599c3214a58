import { writeFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { subjectOf } from "./calls.ts";
import type { Result } from "./fail-call.ts";
import { judge, whyHarmless } from "./judge.ts";

/** Writes all cases and what came of them as Markdown, to read and to compare. */
export function writeTable(outcomes: Result[]): void {
  const head = ["stage", "process", "call", "fault", "status", "says", "stays", "remark"];
  const rows = [head, head.map(() => "---"), ...outcomes.map(row)];
  const lines = rows.map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
  );
  writeFileSync(path.join(import.meta.dirname, "outcome.md"), `${lines.join("\n")}\n`);
}

/** Returns an outcome as the cells of a row. */
export function row(outcome: Result): string[] {
  const { stage, mode, call, fault, status, said, stays } = outcome;
  const remark = status === 0 ? whyHarmless(outcome) : undefined;
  return [
    stage,
    `${mode}()${call.inFork ? "'s child" : ""}`,
    `${call.name} ${call.nth} ${subjectOf(call.args)}`.replaceAll(repo, "…"),
    fault,
    String(status),
    said.join(" ").replaceAll(repo, "…"),
    stays.join(", ").replaceAll(repo, "…"),
    [...(remark ? [remark] : []), ...judge(outcome).map((what) => `WRONG: ${what}`)].join(", "),
  ];
}
