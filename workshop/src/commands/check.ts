import { interruption } from "host";
import { checkPractice } from "../practice/check-practice.ts";
import { limitsHere } from "../practice/limits.ts";
import { currentStage } from "../practice/progress.ts";
import { watchPractice } from "../practice/watch.ts";
import { requireLinux } from "../requirements/require-linux.ts";
import { requirePractice } from "../requirements/require-practice.ts";
import { requireRootUser } from "../requirements/require-root-user.ts";
import { findStage } from "../stages/find-stage.ts";
import { showHint } from "../terminal/show-hint.ts";
import { showOutcome } from "../terminal/show-outcome.ts";
import { showDiff } from "./diff.ts";
import { ensureRootfs } from "./rootfs.ts";

interface Options {
  watch: boolean;
  all: boolean;
  json: boolean;
}

/** Runs `pnpm workshop check 03`: checks the facts of a stage on what a student wrote. */
export async function check(
  name: string | undefined,
  { watch, all, json }: Options,
): Promise<void> {
  const stage = name === undefined ? currentStage() : findStage(name);
  requireLinux();
  requirePractice(stage);
  requireRootUser("pnpm workshop");
  const signal = interruption();
  await ensureRootfs(stage, signal);
  const limits = limitsHere();
  if (watch) {
    await watchPractice(stage, {
      signal,
      async check(stop) {
        const verdicts = await checkPractice(stage, { limits, signal: stop });
        return () => showOutcome(stage, verdicts, { all, watch });
      },
      keys: { h: () => showHint(stage), d: () => showDiff(stage) },
    });
    return;
  }
  const verdicts = await checkPractice(stage, { limits, signal, isQuiet: json });
  const passed = verdicts.every(({ state }) => state === "holds");
  console.log(
    json
      ? JSON.stringify({ stage: stage.name, passed, facts: verdicts }, null, 2)
      : showOutcome(stage, verdicts, { all, watch }),
  );
  if (!passed) process.exitCode = 1;
}
