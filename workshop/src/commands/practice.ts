import { existsSync } from "node:fs";
import path from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import { repo } from "host";
import { mainFile } from "../practice/main-file.ts";
import { makePractice } from "../practice/make-practice.ts";
import { currentStage, noteProgress } from "../practice/progress.ts";
import { findStage, numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { paint } from "../terminal/paint.ts";

/** Runs `pnpm workshop practice 03`: makes the package in which a student writes a stage. */
export async function practice(
  name: string | undefined,
  options: { reset: boolean },
): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  const number = numberOf(stage);
  const asked = !options.reset && canAsk() && existsSync(mainFile(stage));
  const reset = options.reset || (asked && (await wantsReset(stage)));
  const isMade = !asked || reset;
  const kept = isMade ? makePractice(stage, reset) : undefined;
  if (isMade) {
    const moved = new Date().toISOString();
    noteProgress(stage, {
      held: 0,
      failed: undefined,
      checked: undefined,
      hints: {},
      best: 0,
      moved,
    });
  }
  const file = path.relative(repo, mainFile(stage));
  if (kept) console.log(`\n  The old attempt is kept in ${path.relative(repo, kept)}`);
  console.log(`\n  ${paint("bold", file)}\n  The goal is on top of it. Then:\n`);
  for (const [command, purpose] of [
    [`pnpm --filter practice-${number} start /bin/bash`, "to try it"],
    [`pnpm workshop check ${number}`, "to see what works"],
    [`pnpm workshop hint ${number}`, "to get on"],
  ] as const) {
    console.log(`  ${paint("bold", command.padEnd(44))} ${purpose}`);
  }
  console.log();
}

function canAsk(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks, on a terminal, before work that is there is put aside. */
async function wantsReset(stage: Stage): Promise<boolean> {
  const answer = await confirm({
    message: `practice/${stage.name} is there already. Begin anew, and keep it beside?`,
    initialValue: false,
  });
  return !isCancel(answer) && answer;
}
