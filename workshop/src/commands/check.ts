import { existsSync } from "node:fs";
import path from "node:path";
import { canSpin, interruption, practiceFolder, repo, startProgress } from "host";
import { checkStage, type Verdict } from "../practice/check-stage.ts";
import { limitsHere } from "../practice/limits.ts";
import { mainFile } from "../practice/make-practice.ts";
import { currentStage, noteProgress, readProgress } from "../practice/progress.ts";
import { watchPractice } from "../practice/watch.ts";
import { ensureInstalled } from "../requirements/ensure-installed.ts";
import { requireLinux } from "../requirements/require-linux.ts";
import { requireRootUser } from "../requirements/require-root-user.ts";
import { findStage, numberOf } from "../stages/find-stage.ts";
import type { Stage } from "../stages/stage.ts";
import { paint } from "../terminal/paint.ts";
import { showVerdicts } from "../terminal/show-verdicts.ts";
import { showDiff } from "./diff.ts";
import { showHint } from "./hint.ts";
import { ensureRootfs } from "./rootfs.ts";

interface Options {
  watch: boolean;
  json: boolean;
}

/** Runs `pnpm workshop check 03`: checks the facts of a stage on what a student wrote. */
export async function check(name: string | undefined, { watch, json }: Options): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  requireLinux();
  if (!existsSync(mainFile(stage))) {
    throw new Error(`nothing to check yet: type "pnpm workshop practice ${numberOf(stage)}"`);
  }
  requireRootUser("pnpm workshop");
  const signal = interruption();
  await ensureInstalled(practiceFolder(stage.name));
  await ensureRootfs(signal);
  const limits = limitsHere();
  const once = async (stop: AbortSignal) => {
    const progress = !json && canSpin() ? startProgress() : undefined;
    const onFact = (title: string) => progress?.step(title);
    try {
      return await checkStage(stage, practiceFolder(stage.name), { limits, signal: stop, onFact });
    } finally {
      progress?.end();
    }
  };
  if (watch) {
    const keys = { h: () => showHint(stage), d: () => void showDiff(stage, { spoil: false }) };
    const again = async (stop: AbortSignal) => show(stage, await once(stop));
    await watchPractice(stage, { signal, check: again, keys });
    return;
  }
  const verdicts = await once(signal);
  const passed = verdicts.every(({ state }) => state === "holds");
  if (json) {
    note(stage, verdicts);
    console.log(JSON.stringify({ stage: stage.name, passed, facts: verdicts }, null, 2));
  } else {
    show(stage, verdicts);
  }
  if (!passed) process.exitCode = 1;
}

function note(stage: Stage, verdicts: Verdict[]): void {
  const held = verdicts.filter(({ state }) => state === "holds").length;
  const before = readProgress()[stage.name]?.passed;
  const passed = held === verdicts.length ? { passed: before ?? new Date().toISOString() } : {};
  noteProgress(stage, { held, ...passed });
}

function show(stage: Stage, verdicts: Verdict[]): void {
  note(stage, verdicts);
  const number = numberOf(stage);
  const held = verdicts.filter(({ state }) => state === "holds").length;
  console.log(`\n  ${paint("bold", stage.name)}  ${path.relative(repo, mainFile(stage))}\n`);
  console.log(showVerdicts(verdicts));
  const command = (text: string) => paint("bold", text);
  console.log(
    held === verdicts.length
      ? `\n  ${paint("green", `All ${held} facts hold.`)} Ours: ${command(`pnpm workshop diff ${number}`)}\n  What is next: ${command("pnpm workshop")}\n`
      : `\n  ${held} of ${verdicts.length} facts hold. A hint: ${command(`pnpm workshop hint ${number}`)}\n`,
  );
}
