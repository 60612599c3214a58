import path from "node:path";
import { repo } from "host";
import type { Verdict } from "../practice/check-stage.ts";
import { mainFile } from "../practice/main-file.ts";
import { numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { paint } from "./paint.ts";
import { showVerdicts } from "./show-verdicts.ts";

interface Options {
  /** True if the facts that hold are listed, too, and those that wait. */
  all: boolean;
  /** True if the watcher's keys come below it: then a key gives a hint. */
  watch: boolean;
}

/** Returns the outcome of a check as text for people. */
export function showOutcome(stage: Stage, verdicts: Verdict[], { all, watch }: Options): string {
  const number = numberOf(stage);
  const passed = verdicts.every(({ state }) => state === "holds");
  const next = passed
    ? [`  Ours: ${command(`diff ${number}`)}`, `  What is next: ${command("")}`, ""]
    : [`  To get on: ${command(`hint ${number}`)}`, ""];
  return [
    "",
    `  ${paint("bold", path.relative(repo, mainFile(stage)))}`,
    "",
    showVerdicts(verdicts, all),
    "",
    ...(passed || !watch ? next : []),
  ].join("\n");
}

function command(words: string): string {
  return paint("bold", `pnpm workshop ${words}`.trim());
}
