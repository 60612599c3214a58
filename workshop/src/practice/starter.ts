import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { numberOf, stageBefore } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { wrap } from "../terminal/wrap.ts";
import { codeOf } from "./lesson.ts";

/** Returns the code of the stage before, or a bare dispatch, below the goal. */
export function starterOf(stage: Stage): string {
  const before = stageBefore(stage);
  const code = before
    ? codeOf(before)
    : readFileSync(path.join(repo, "workshop/starter/main.ts"), "utf8");
  const name = `practice-${numberOf(stage)}`;
  return `${goalComment(stage)}\n${code.replaceAll((before ?? stage).name, name)}`;
}

/** Returns the comment on top of a starter. */
function goalComment(stage: Stage): string {
  const lines = [
    `Practice ${stage.name}. The goal:`,
    "",
    ...stage.goal.flatMap((part) => wrap("- ", part).split("\n")),
    "",
    `Does it work? pnpm workshop check ${numberOf(stage)}`,
  ];
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}
