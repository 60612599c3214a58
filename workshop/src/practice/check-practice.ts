import { canSpin, type Limits, practiceFolder, startProgress } from "host";
import type { Stage } from "../stages/stage.ts";
import { checkStage, type Verdict } from "./check-stage.ts";
import { noteProgress, readProgress } from "./progress.ts";

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
  try {
    const folder = practiceFolder(stage.name);
    const verdicts = await checkStage(stage, folder, { limits, signal, onFact });
    note(stage, verdicts);
    return verdicts;
  } finally {
    progress?.end();
  }
}

function note(stage: Stage, verdicts: Verdict[]): void {
  const held = verdicts.filter(({ state }) => state === "holds").length;
  const before = readProgress()[stage.name]?.passed;
  const passed = held === verdicts.length ? { passed: before ?? new Date().toISOString() } : {};
  noteProgress(stage, { held, ...passed });
}
