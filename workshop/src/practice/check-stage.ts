import type { Limits } from "host";
import { Unmet } from "../facts/fact.ts";
import { factsOf } from "../facts/facts-of.ts";
import { openSubject } from "../facts/subject.ts";

/** What became of a fact. The ones behind the first that fails wait for it. */
export interface Verdict {
  id: string;
  title: string;
  state: "holds" | "fails" | "waits";
  expected?: string;
  seen?: string;
  hint?: string;
}

interface Options {
  limits: Limits;
  signal: AbortSignal;
  /** Told before each fact is looked at. */
  onFact?: (title: string) => void;
}

/**
 * Checks the facts of a stage on code, one after the other, up to the first that fails.
 *
 * @param folder of the package with the code
 * @throws {Error} when there is no disposable host to be had, or the signal is aborted
 */
export async function checkStage(
  stage: string,
  folder: string,
  options: Options,
): Promise<Verdict[]> {
  const { limits, signal, onFact } = options;
  signal.throwIfAborted();
  const subject = openSubject(stage, folder, limits);
  const stop = () => void subject.close();
  signal.addEventListener("abort", stop);
  const verdicts: Verdict[] = [];
  let failed = false;
  try {
    for (const { id, title, check } of factsOf(stage)) {
      const verdict: Verdict = { id: `${stage}/${id}`, title, state: "waits" };
      verdicts.push(verdict);
      if (failed) continue;
      onFact?.(title);
      const unmet = await check(subject).catch((error) => {
        signal.throwIfAborted(); // then this error is only its consequence
        return unmetOf(error);
      });
      failed = unmet instanceof Unmet;
      verdict.state = failed ? "fails" : "holds";
      if (unmet) {
        const { expected, seen, hint } = unmet;
        Object.assign(verdict, { expected, seen, hint });
      }
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await subject.close();
  }
  return verdicts;
}

function unmetOf(error: unknown): Unmet {
  if (error instanceof Unmet) return error;
  throw error;
}
