import type { Host, Limits } from "host";
import type { CheckedCode, Shell } from "../facts/checked-code.ts";
import { type Fact, FactError } from "../facts/fact.ts";
import { openCode } from "../facts/open-code.ts";
import { originOf } from "../stages/find-stage.ts";
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
 * Checks the facts of a stage on code, up to the first that fails.
 *
 * @param folder of the package with the code
 * @returns the verdicts, in the order in which the facts are checked
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
  const groups = groupsOf(stage);
  const verdicts: Verdict[] = groups.flat().map(({ id, title }) => {
    return { id: `${stage.name}/${id}`, title, state: "waits" };
  });
  const looks = lookAt(groups, code);
  try {
    for (const verdict of verdicts) {
      onFact?.(verdict.title);
      const error = await looks.next().value;
      signal.throwIfAborted(); // then it is only the consequence of that
      if (error !== undefined) {
        if (!(error instanceof FactError)) throw error;
        const { expected, actual, hint } = error;
        Object.assign(verdict, { state: "fails", expected, actual, hint });
        break;
      }
      verdict.state = "holds";
    }
  } finally {
    signal.removeEventListener("abort", stop);
    await code.close();
  }
  return verdicts;
}

/**
 * Groups the facts of a stage in the order in which they are checked. The first is alone: code that cannot
 * even run a command may use up the machine. One container is enough for all that only look. Of the others,
 * those that are new in the stage fail more often than those that held before, which are many.
 */
function groupsOf(stage: Stage): Fact[][] {
  const [first, ...others] = stage.facts;
  const rest = others.filter(({ onlyLooks }) => !onlyLooks);
  const isNew = ({ id }: Fact) => originOf(id, stage) === stage;
  return [
    first ? [first] : [],
    others.filter(({ onlyLooks }) => onlyLooks),
    rest.filter(isNew),
    rest.filter((fact) => !isNew(fact)),
  ];
}

/** Looks at the facts of a group all at once, since containers take long to start, when its first is asked for. */
function* lookAt(groups: Fact[][], code: CheckedCode): Generator<Promise<unknown>> {
  for (const group of groups) {
    yield* group.map((fact) => look(fact, code).catch((error: unknown) => error));
  }
}

/** Looks at one fact, and ends the containers that it has started: a fork bomb would go on to the end. */
async function look({ check }: Fact, code: CheckedCode): Promise<void> {
  const hosts: Host[] = [];
  const own = (starting: Promise<Shell>) => {
    const started = starting.then((shell) => {
      hosts.push(shell.host);
      return shell;
    });
    started.catch(() => {}); // nobody waits for it any more, when the fact has failed
    return started;
  };
  try {
    await check({
      ...code,
      start: (...what) => own(code.start(...what)),
      startInTerminal: (script) => own(code.startInTerminal(script)),
    });
  } finally {
    for (const host of hosts) host.close().catch(() => {}); // code.close() waits for it, and for its error
  }
}
