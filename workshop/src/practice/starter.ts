import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { numberOf, stageBefore } from "../stages/find-stage.ts";
import type { Goal, Stage } from "../stages/stage.ts";
import { wrap } from "../terminal/wrap.ts";
import { codeOf } from "./lesson.ts";

/** The longest line of the goal, in columns: with what makes it a comment, 80. */
const WIDTH = 77;

/** Returns the code of the stage before, or a bare dispatch, below the goal. */
export function starterOf(stage: Stage): string {
  const before = stageBefore(stage);
  const code = before
    ? codeOf(before)
    : readFileSync(path.join(repo, "workshop/starter/main.ts"), "utf8");
  const name = `practice-${numberOf(stage)}`;
  return `${goalComment(stage)}\n${code.replaceAll((before ?? stage).name, name)}`;
}

/** Returns the comment on top of a starter: the goal, first what is new in it. */
function goalComment(stage: Stage): string {
  const before = stageBefore(stage)?.goal ?? [];
  const added = stage.goal.filter((part) => !before.includes(part));
  const kept = stage.goal.filter((part) => before.includes(part));
  const lines = [
    `Practice ${stage.name}. The goal:`,
    "",
    ...listed(added),
    ...(kept.length > 0 ? ["What held before, and must still hold:", "", ...listed(kept)] : []),
    `Does it work? pnpm workshop check ${numberOf(stage)}`,
  ];
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}

function listed(goal: Goal[]): string[] {
  return [...goal.flatMap(({ says }) => wrap("- ", says, WIDTH).split("\n")), ""];
}
