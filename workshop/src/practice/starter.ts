import { readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { numberOf, stageBefore } from "../stages/find-stage.ts";
import type { Goal, Stage } from "../stages/stage.ts";
import { wrap } from "../terminal/wrap.ts";
import { newFunctions } from "./functions.ts";
import { codeOf } from "./lesson.ts";

/** The longest line of the goal, in columns: with what makes it a comment, 80. */
const WIDTH = 77;

/** Returns the code of the stage before, or a bare dispatch, below the goal. */
export function starterOf(stage: Stage): string {
  if (stage.startsEmptied) return emptied(stage);
  const before = stageBefore(stage);
  const start = before
    ? codeOf(before)
    : readFileSync(path.join(repo, "workshop/starter/main.ts"), "utf8");
  const comment = `${goalComment(stage)}\n${functionsComment(start, codeOf(stage))}`;
  const code = withConstants(start, codeOf(stage));
  return `${comment}\n${code.replaceAll((before ?? stage).name, `practice-${numberOf(stage)}`)}`;
}

/** Returns the stage's own code, with nothing in its functions, below the goal. */
function emptied(stage: Stage): string {
  const code = codeOf(stage);
  const empty = code.replace(
    /^((?:async )?function (\w+)\([^\n]*\) \{\n).*?\n\}$/gms,
    (_, head, name) => `${head}  throw new Error("${name}: nothing is written yet");\n}`,
  );
  return `${goalComment(stage)}\n${functionsComment("", code, "The functions for it, which are imported below:")}\n${empty}`;
}

/** Adds the constants that a stage has for the first time: where ubuntu-fs is can only be known. */
function withConstants(start: string, code: string): string {
  const constants = [...code.matchAll(/^\/\*\* .* \*\/\nconst [A-Z_]+ = (\w+)\..*;\n/gm)];
  return constants
    .filter(([constant]) => !start.includes(constant))
    .reduce((text, [constant, module = ""]) => {
      const needed = new RegExp(`^import ${module} from .*\\n`, "m").exec(code)?.[0] ?? "";
      return text
        .replace(/^import /m, text.includes(needed) ? "import " : `${needed}import `)
        .replace(/^oneLine/m, `${constant}\noneLine`);
    }, start);
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
    "",
  ];
  return commented(lines);
}

/** Returns the comment with the functions that a stage needs, and the code to start from has not. */
function functionsComment(
  start: string,
  code: string,
  title = "The functions for it, in shared-native:",
): string {
  const { ours, nodes } = newFunctions(start, code);
  const lines = ours.flatMap(({ name, does }) =>
    wrap("- ", `${name}(): ${does}`, WIDTH).split("\n"),
  );
  return commented([
    ours.length === 0 ? "It needs no new function." : title,
    ...(ours.length === 0 ? [] : ["", ...lines]),
    ...(nodes.length === 0
      ? []
      : ["", ...wrap("", `And Node's ${nodes.join(", ")}.`, WIDTH).split("\n")]),
  ]);
}

function commented(lines: string[]): string {
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}

function listed(goal: Goal[]): string[] {
  return [...goal.flatMap(({ says }) => wrap("- ", says, WIDTH).split("\n")), ""];
}
