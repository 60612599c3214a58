import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import {
  allProcesses,
  findByArguments,
  type Host,
  hostnameOf,
  isAlive,
  isWaiting,
  type Limits,
  openHost,
  processesBelow,
  sendSignal,
  snapshot,
  startCode,
  until,
} from "host";
import type { Shape } from "../stages/shape.ts";
import type { CheckedCode, Comparison, Run, Shell } from "./checked-code.ts";
import { FactError } from "./fact.ts";
import { readSource } from "./read-source.ts";
import { reasonOf } from "./reason-of.ts";
import { shellQuote } from "./shown.ts";
import { takeTurns } from "./take-turns.ts";
import { endedEarly, refuseChangedLimit, usedTooMuch } from "./wrong-endings.ts";

/** The number of containers that start at a time: that takes a processor each. */
const AT_ONCE = Math.min(availableParallelism(), 4);

/**
 * Opens the code of a stage, which then runs on hosts of its own. Facts can be checked all at once: their
 * containers start in the order in which they are asked for.
 *
 * @param folder of the package with the code
 */
export function openCode(stage: Shape, folder: string, limits: Limits): CheckedCode {
  const source = readSource(folder);
  const hosts: Host[] = [];
  const closing = new AbortController();
  const inTurn = takeTurns(AT_ONCE);
  const compared = new Map<string, Promise<Comparison>>();
  let waiting: Promise<Shell> | undefined;

  const open = async () => {
    closing.signal.throwIfAborted();
    const host = await openHost({ isSealed: true });
    hosts.push(host);
    if (closing.signal.aborted) await host.close(); // while it was being opened: what starts in it fails
    return host;
  };
  const begin = <T>(start: () => Promise<T>): Promise<T> => {
    const started = inTurn(start);
    started.catch(() => {}); // nobody waits for it any more, when an earlier fact has failed
    return started;
  };
  const runOn = async (host: Host, command: string[], mode?: "child" | "typed"): Promise<Run> => {
    const running = startCode(host, folder, command, limits, mode);
    running.endInput();
    const ending = await running.ended;
    refuseChangedLimit(host);
    const ends = mode === "typed" ? "each call ends" : `${shellQuote(command)} ends`;
    // The process that waits for start is Node, and belongs in a cgroup
    const told = mode === "typed" ? { ...ending, joined: [] } : ending;
    if (ending.excess) throw usedTooMuch({ stage, source }, ends, told, limits);
    return { ...ending, cgroups: host.cgroup?.made() ?? [] };
  };
  /** Closes a host that is not needed any more. */
  const leave = (host: Host) => host.close().catch(() => {}); // close() waits for it, and for its error
  const run = async (command: string[], mode?: "typed"): Promise<Run> => {
    const host = await open();
    const ending = await runOn(host, command, mode);
    leave(host);
    return ending;
  };
  const compare = async (command: string[], mode?: "child"): Promise<Comparison> => {
    const host = await open();
    const before = await snapshot(host);
    const ending = await runOn(host, command, mode);
    const after = await snapshot(host);
    leave(host);
    return { ...ending, before, after };
  };
  const start = async (
    script = ":",
    given?: Host,
    options: string[] = [],
    mode?: "terminal",
  ): Promise<Shell> => {
    const host = given ?? (await open());
    const before = await snapshot(host);
    const command = ["sh", "-c", `: ${randomUUID()}; echo up; ${script}\nread line`];
    const running = startCode(host, folder, [...options, ...command], limits, mode);
    // One that waits: with no input, it comes to its end at once
    const find = () => {
      const found = findByArguments(processesIn(host), command);
      return found !== undefined && isWaiting(found) ? found : undefined;
    };
    // It says when it is there, unless that goes elsewhere: then every now and then a look finds it
    let times = 0;
    const mayBeThere = () => running.stdout() !== "" || ++times % 20 === 0;
    const isThere = () => running.hasEnded() || (mayBeThere() && find());
    const pid = await until("the command", isThere, limits.seconds + 10);
    if (typeof pid === "number") {
      running.waits();
      await setImmediate(); // by then, what the code has said so far has been read
      const kill = () => {
        if (findByArguments([pid], command)) sendSignal(pid, "SIGKILL");
      };
      return { host, before, pid, hostname: hostnameOf(pid), running, kill };
    }
    const ending = await running.ended;
    refuseChangedLimit(host);
    const waits = "a shell that waits in the container";
    if (ending.excess) throw usedTooMuch({ stage, source }, waits, ending, limits);
    // A terminal shows both
    const told = mode ? { ...ending, stdout: "", stderr: ending.stdout } : ending;
    throw new FactError(waits, ...reasonOf({ stage, source }, told));
  };
  return {
    stage,
    source,
    seconds: limits.seconds,
    run: (...command) => begin(() => run(command)),
    compareHost(...command) {
      const key = JSON.stringify(command);
      const known = compared.get(key) ?? begin(() => compare(command));
      compared.set(key, known);
      return known;
    },
    runChild: (...command) => begin(() => compare(command, "child")),
    type: (script) => begin(() => run([script], "typed")),
    shell: async () => {
      waiting ??= begin(() => start());
      const shell = await waiting;
      if (!isAlive(shell.pid)) throw endedEarly();
      return shell;
    },
    start: (script, host, options) => begin(() => start(script, host, options)),
    startInTerminal: (script) => begin(() => start(script, undefined, [], "terminal")),
    close: async () => {
      closing.abort();
      await Promise.all(hosts.map((host) => host.close()));
    },
  };
}

function processesIn({ cgroup }: Host): number[] {
  return cgroup ? processesBelow(cgroup.directory) : allProcesses();
}
