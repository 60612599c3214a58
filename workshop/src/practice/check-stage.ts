import type { Limits } from "host";
import { type Fact, FactError } from "../facts/fact.ts";
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
 * Checks the facts of a stage on code, up to the first that fails. They are looked at all at once, since
 * containers take long to start. The first is looked at alone: code that cannot even run a command may
 * use up the machine.
 *
 * @param folder of the package with the code
 * @throws {Error} when there is no disposable host to be had, or the signal is aborted
 */
export async function checkStage(
  stage: Stage,
  folder: string,
  { limits, signal, onFact }: Options,
): Promise<Verdict[]> {
  signal.throwIfAborted();
  const code = openCode(stage, folder, limits);
  const stop = () => void code.close();
  signal.addEventListener("abort", stop);
  const verdicts: Verdict[] = stage.facts.map(({ id, title }) => {
    return { id: `${stage.name}/${id}`, title, state: "waits" };
  });
  const look = ({ check }: Fact) => check(code).catch((error: unknown) => error);
  const errors = stage.facts.slice(0, 1).map(look);
  try {
    for (const [index, verdict] of verdicts.entries()) {
      onFact?.(verdict.title);
      const error = await errors[index];
      signal.throwIfAborted(); // then it is only the consequence of that
      if (error !== undefined) {
        if (!(error instanceof FactError)) throw error;
        const { expected, actual, hint } = error;
        Object.assign(verdict, { state: "fails", expected, actual, hint });
        break;
      }
      verdict.state = "holds";
      if (index === 0) errors.push(...stage.facts.slice(1).map(look));
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await code.close();
  }
  return verdicts;
}
