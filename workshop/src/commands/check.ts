import { existsSync } from "node:fs";
import path from "node:path";
import { canSpin, interruption, practiceFolder, repo, startProgress } from "host";
import { checkStage, type Verdict } from "../practice/check-stage.ts";
import { currentStage, findStage, numberOf } from "../practice/find-stage.ts";
import { limitsHere } from "../practice/limits.ts";
import { mainFile } from "../practice/make-practice.ts";
import { noteProgress, readProgress } from "../practice/progress.ts";
import { watchPractice } from "../practice/watch.ts";
import { checkLinux } from "../rootfs/check-linux.ts";
import { checkUser } from "../rootfs/check-user.ts";
import { paint } from "../terminal/paint.ts";
import { showVerdicts } from "../terminal/show-verdicts.ts";
import { showDiff } from "./diff.ts";
import { showHint } from "./hint.ts";
import { ensureRootfs } from "./rootfs.ts";

interface Options {
  watch: boolean;
  json: boolean;
}

/** `pnpm workshop check 03`: the facts of a stage, on what a student wrote. */
export async function check(name: string | undefined, { watch, json }: Options): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  checkLinux();
  if (!existsSync(mainFile(stage))) {
    throw new Error(`nothing to check yet: type "pnpm workshop practice ${numberOf(stage)}"`);
  }
  checkUser("pnpm workshop");
  const signal = interruption();
  await ensureRootfs(signal);
  const limits = limitsHere();
  const once = async (stop: AbortSignal) => {
    const progress = !json && canSpin() ? startProgress() : undefined;
    const onFact = (title: string) => progress?.step(title);
    try {
      return await checkStage(stage, practiceFolder(stage), { limits, signal: stop, onFact });
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
    console.log(JSON.stringify({ stage, passed, facts: verdicts }, null, 2));
  } else {
    show(stage, verdicts);
  }
  if (!passed) process.exitCode = 1;
}

function note(stage: string, verdicts: Verdict[]): void {
  const held = verdicts.filter(({ state }) => state === "holds").length;
  const before = readProgress()[stage]?.passed;
  const passed = held === verdicts.length ? { passed: before ?? new Date().toISOString() } : {};
  noteProgress(stage, { held, ...passed });
}

function show(stage: string, verdicts: Verdict[]): void {
  note(stage, verdicts);
  const number = numberOf(stage);
  const held = verdicts.filter(({ state }) => state === "holds").length;
  console.log(`\n  ${paint("bold", stage)}  ${path.relative(repo, mainFile(stage))}\n`);
  console.log(showVerdicts(verdicts));
  const command = (text: string) => paint("bold", text);
  console.log(
    held === verdicts.length
      ? `\n  ${paint("green", `All ${held} facts hold.`)} Ours: ${command(`pnpm workshop diff ${number}`)}\n  What is next: ${command("pnpm workshop")}\n`
      : `\n  ${held} of ${verdicts.length} facts hold. A hint: ${command(`pnpm workshop hint ${number}`)}\n`,
  );
}
