import type { Limits } from "host";
import { FactError } from "../facts/fact.ts";
import { openCode } from "../facts/open-code.ts";
import type { Stage } from "../stages/stage.ts";

/** The verdict on a fact. Those after the first that fails wait for it. */
export interface Verdict {
  id: string;
  title: string;
  state: "holds" | "fails" | "waits";
  expected?: string;
  actual?: string;
  hint?: string;
}

interface Options {
  limits: Limits;
  signal: AbortSignal;
  /** Is called before each fact is checked. */
  onFact?: (title: string) => void;
}

/**
 * Checks the facts of a stage on code, one after the other, up to the first that fails.
 *
 * @param folder of the package with the code
 * @throws {Error} when there is no disposable host to be had, or the signal is aborted
 */
export async function checkStage(
  stage: Stage,
  folder: string,
  options: Options,
): Promise<Verdict[]> {
  const { limits, signal, onFact } = options;
  signal.throwIfAborted();
  const code = openCode(stage, folder, limits);
  const stop = () => void code.close();
  signal.addEventListener("abort", stop);
  const verdicts: Verdict[] = [];
  let failed = false;
  try {
    for (const { id, title, check } of stage.facts) {
      const verdict: Verdict = { id: `${stage.name}/${id}`, title, state: "waits" };
      verdicts.push(verdict);
      if (failed) continue;
      onFact?.(title);
      try {
        await check(code);
        verdict.state = "holds";
      } catch (error) {
        signal.throwIfAborted(); // then this error is only its consequence
        if (!(error instanceof FactError)) throw error;
        const { expected, actual, hint } = error;
        Object.assign(verdict, { state: "fails", expected, actual, hint });
        failed = true;
      }
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await code.close();
  }
  return verdicts;
}
