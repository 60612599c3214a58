import { expect, type Fact } from "../fact.ts";
import { plain, shown } from "../shown.ts";
import { CREATE, expectAll, NAME, SLEEP, START, typeCalls } from "./type-calls.ts";

export const createWaits: Fact = {
  id: "create-waits",
  title: "create makes a container whose process waits, and ends",
  async check(code) {
    const typed = await typeCalls(code, SLEEP, [CREATE, "program"]);
    expectAll(code, typed);
    const [, program] = typed;
    expect(
      program.stdout.includes(" child "),
      "after create, the process in the container is the runtime's own child, and waits",
      `it is ${shown(program.stdout)} already`,
      "create only makes the container: launch(line) does. The program is for start.",
    );
  },
};

export const tellsState: Fact = {
  id: "state",
  title: "state prints what is known of a container, as JSON",
  async check(code) {
    const typed = await typeCalls(code, SLEEP, [CREATE, `runtime state ${NAME}`, "cat pid"]);
    expectAll(code, typed);
    const [, state, pid] = typed;
    const told = read(state.stdout);
    const expected = { id: NAME, status: "created", pid: Number(pid.stdout) };
    expect(
      Object.entries(expected).every(([name, value]) => told[name] === value),
      `state prints JSON with ${JSON.stringify(expected).slice(1, -1)}`,
      `it printed ${shown(state.stdout)}`,
      "What the specification wants in it is what publicState() returns: JSON.stringify makes text of that, and console.log prints it.",
    );
  },
};

export const startsProgram: Fact = {
  id: "start",
  title: "start has the process that waits become the program, with the same PID",
  async check(code) {
    const typed = await typeCalls(code, SLEEP, [CREATE, START, "program"]);
    expectAll(code, typed);
    const program = plain(typed[2].stdout);
    expect(
      program === "sleep 1000",
      "when start has ended, the process of the container is sleep 1000",
      `it is ${shown(program)}`,
      "The process reads from a FIFO: openStart() opens the other end, and one byte is enough. waitForProgram() returns when it has become the program.",
    );
  },
};

export const followsStates: Fact = {
  id: "states",
  title: "state says running after start, and stopped when the process has ended",
  async check(code) {
    const state = `runtime state ${NAME}`;
    const typed = await typeCalls(code, SLEEP, [CREATE, START, state, "kill -9 $(cat pid)", state]);
    expectAll(code, typed);
    const [, , running, , stopped] = typed.map(({ stdout }) => read(stdout).status);
    expect(
      running === "running",
      "state says running after start",
      `it says ${running}`,
      'Whoever starts a container notes that for all later calls: container.status = "running", and save().',
    );
    expect(
      stopped === "stopped",
      "state says stopped when somebody has killed the process",
      `it says ${stopped}`,
      "Nobody tells the runtime that a process has ended. statusOf() looks whether it is there, and publicState() asks that.",
    );
  },
};

export const runsAll: Fact = {
  id: "run",
  title: "run does all that, and ends with the status of the program",
  async check(code) {
    const typed = await typeCalls(
      code,
      ["sh", "-c", "echo $$ in $(hostname); exit 7"],
      [`runtime run ${NAME}`, "ls containers"],
    );
    const [ran, left] = typed;
    if (ran.stdout === "") expectAll(code, [ran]);
    expect(
      plain(ran.stdout) === "1 in container",
      "the program prints 1 in container",
      `it printed ${shown(ran.stdout)}`,
      "run() is launch(), start(), and then wait() for the child that launch() returns.",
    );
    expect(
      ran.status === 7,
      "run ends with the program's status, 7",
      `it ended with status ${ran.status}`,
      "wait() returns the status: process.exitCode = await wait(child).",
    );
    expect(
      left.stdout === "",
      "nothing is known of the container when run has ended",
      `there is still ${shown(left.stdout)}`,
      "removeContainer(), also when something fails: try … finally.",
    );
  },
};

/** Reads what state has printed: nothing if that is no object in JSON. */
function read(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
