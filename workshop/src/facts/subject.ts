import { randomUUID } from "node:crypto";
import path from "node:path";
import {
  allProcesses,
  type Ending,
  findByArguments,
  type Host,
  isAlive,
  type Limits,
  openHost,
  processesBelow,
  type Running,
  snapshot,
  startCode,
  until,
} from "host";
import { Unmet } from "./fact.ts";
import { reasonOf } from "./reason-of.ts";
import { shellQuote, shown } from "./shown.ts";

type HostState = Awaited<ReturnType<typeof snapshot>>;

/** A command that ran to its end in the container, each on a host of its own. */
export interface Run extends Ending {
  /** The host, before and after. */
  before: HostState;
  after: HostState;
  /** The cgroups that are left on it. */
  cgroups: string[];
}

/** A command that is running in the container. */
export interface Standing {
  box: Host;
  before: HostState;
  /** The command itself, as the real host numbers it. */
  pid: number;
  running: Running;
}

/** The code of a stage, ours or a student's, that facts are checked on. */
export interface Subject {
  stage: string;
  /** Runs a command in its container to the end; the same command only once. */
  run(...command: string[]): Promise<Run>;
  /** A container in which a shell waits: the same for all facts that only look. */
  standing(): Promise<Standing>;
  /** Starts one more, on a host that is there or a new one. It runs a script, then waits. */
  start(script?: string, box?: Host): Promise<Standing>;
  close(): Promise<void>;
}

export function openSubject(stage: string, folder: string, limits: Limits): Subject {
  const boxes: Host[] = [];
  let closed = false;
  const runs = new Map<string, Promise<Run>>();
  let standing: Promise<Standing> | undefined;

  const open = async () => {
    const box = await openHost({ isSealed: true });
    boxes.push(box);
    if (closed) await box.close(); // while it was being opened: what starts in it fails
    return box;
  };
  const run = async (command: string[]): Promise<Run> => {
    const box = await open();
    const before = await snapshot(box);
    const running = startCode(box, folder, command, limits);
    running.endInput();
    const ending = await running.ended;
    if (ending.excess) throw tooMuch(command, ending, limits);
    return { ...ending, before, after: await snapshot(box), cgroups: box.cgroup?.made() ?? [] };
  };
  const start = async (script = "echo up", given?: Host): Promise<Standing> => {
    const box = given ?? (await open());
    const before = await snapshot(box);
    const command = ["sh", "-c", `: ${randomUUID()}; ${script}; read line`];
    const running = startCode(box, folder, command, limits);
    const find = () => findByArguments(processesIn(box), command);
    await until("the command", () => running.hasEnded() || find(), limits.seconds + 10);
    const pid = find();
    if (pid !== undefined) {
      running.waits();
      return { box, before, pid, running };
    }
    const ending = await running.ended;
    if (ending.excess) throw tooMuch(command, ending, limits);
    throw new Unmet("a shell that waits in the container", ...reasonOf(stage, ending));
  };
  return {
    stage,
    run(...command) {
      const key = JSON.stringify(command);
      const known = runs.get(key) ?? run(command);
      runs.set(key, known);
      return known;
    },
    standing: async () => {
      standing ??= start();
      const shell = await standing;
      if (!isAlive(shell.pid)) throw endedEarly();
      return shell;
    },
    start,
    close: async () => {
      closed = true;
      for (const box of boxes) await box.close();
    },
  };
}

function processesIn({ cgroup }: Host): number[] {
  return cgroup ? processesBelow(cgroup.directory) : allProcesses();
}

/** The verdict on code whose shell is gone when a fact looks at it. */
export function endedEarly(): Unmet {
  return new Unmet(
    "a shell in the container waits for input, until it gets some",
    "it ended before",
    "Something ended the command. It is for the command to end, and for child() and run() to wait for that: await wait(…).",
  );
}

/** The verdict on code that had to be ended. */
function tooMuch(command: string[], { excess, ...ending }: Ending, limits: Limits): Unmet {
  const expected = `${shellQuote(command)} ends`;
  if (excess === "tasks") {
    return new Unmet(
      expected,
      "it started processes without end, until the limit of 256 tasks; all were ended",
      "Does run() start itself again as run instead of child? Each one then starts the next.",
    );
  }
  if (excess === "output") {
    return new Unmet(
      expected,
      `it printed more than ${limits.bytes / 1e6} MB, and was ended: ${shown(ending.stdout.slice(0, 200))}`,
      "Something prints in a loop that never ends.",
    );
  }
  const late = `it was still running after ${limits.seconds} s, and was ended`;
  if (ending.full.length > 0) {
    return new Unmet(
      expected,
      `${late}; no more tasks could start in ${ending.full.map((each) => path.basename(each)).join(", ")}`,
      "Node's own threads count as tasks. Who is in the cgroup? Not run(), not child(): only the command may join it.",
    );
  }
  return new Unmet(
    expected,
    late,
    "Nothing told it to stop. Look for a loop without end, for a wait for something that never " +
      "comes, and for a descriptor or timer that keeps Node alive.",
  );
}
