import { existsSync } from "node:fs";
import path from "node:path";
import { confirm, isCancel } from "@clack/prompts";
import { repo } from "host";
import { currentStage, findStage, numberOf } from "../practice/find-stage.ts";
import { mainFile, makePractice } from "../practice/make-practice.ts";
import { noteProgress } from "../practice/progress.ts";
import { paint } from "../terminal/paint.ts";

/** `pnpm workshop practice 03`: makes the package in which a student writes a stage. */
export async function practice(
  name: string | undefined,
  options: { reset: boolean },
): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  const number = numberOf(stage);
  const asked = !options.reset && canAsk() && existsSync(mainFile(stage));
  const reset = options.reset || (asked && (await wantsReset(stage)));
  const kept = asked && !reset ? undefined : makePractice(stage, reset);
  if (kept) noteProgress(stage, { held: 0, hints: 0 });
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

/** Work is never overwritten; on a terminal one may be asked. */
async function wantsReset(stage: string): Promise<boolean> {
  const answer = await confirm({
    message: `practice/${stage} is there already. Begin anew, and keep it beside?`,
    initialValue: false,
  });
  return !isCancel(answer) && answer;
}
