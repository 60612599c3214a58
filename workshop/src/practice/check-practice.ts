import { createHash } from "node:crypto";
import path from "node:path";
import { canSpin, type Limits, practiceFolder, startProgress } from "host";
import type { Stage } from "../stages/stage.ts";
import { checkStage, type Verdict } from "./check-stage.ts";
import { noteProgress, readProgress } from "./progress.ts";
import { readAll } from "./read-all.ts";

interface Options {
  limits: Limits;
  signal: AbortSignal;
  /** True if nothing is to be shown meanwhile. */
  isQuiet?: boolean;
}

/** Checks what a student wrote, shows on a terminal how far it has got, and notes the outcome. */
export async function checkPractice(
  stage: Stage,
  { limits, signal, isQuiet = false }: Options,
): Promise<Verdict[]> {
  const progress = !isQuiet && canSpin() ? startProgress() : undefined;
  const onFact = (title: string) => progress?.step(title);
  const folder = practiceFolder(stage.name);
  const checked = hashOf(stage);
  try {
    const verdicts = await checkStage(stage, folder, { limits, signal, onFact });
    note(stage, verdicts, checked);
    return verdicts;
  } finally {
    progress?.end();
  }
}

/** Tells whether code and facts are still those of the last check. */
export function isChecked(stage: Stage): boolean {
  return readProgress()[stage.name]?.checked === hashOf(stage);
}

function note(stage: Stage, verdicts: Verdict[], checked: string): void {
  const held = verdicts.filter(({ state }) => state === "holds").length;
  const failed = verdicts.find(({ state }) => state === "fails")?.id.split("/")[1];
  const before = readProgress()[stage.name] ?? {};
  const now = new Date().toISOString();
  noteProgress(stage, {
    held,
    failed,
    checked,
    ...(failed === undefined && { passed: before.passed ?? now }),
    ...(held > (before.best ?? 0) && { best: held, moved: now }),
  });
}

function hashOf(stage: Stage): string {
  const source = path.join(practiceFolder(stage.name), "src");
  const facts = stage.facts.map(({ id }) => id).join();
  return createHash("sha256").update(facts).update(readAll(source)).digest("hex");
}
