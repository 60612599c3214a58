import { randomUUID } from "node:crypto";
import {
  allProcesses,
  findByArguments,
  type Host,
  hostnameOf,
  isAlive,
  type Limits,
  openHost,
  processesBelow,
  snapshot,
  startCode,
  until,
} from "host";
import type { Shape } from "../stages/shape.ts";
import type { CheckedCode, Run, Shell } from "./checked-code.ts";
import { FactError } from "./fact.ts";
import { readSource } from "./read-source.ts";
import { reasonOf } from "./reason-of.ts";
import { endedEarly, refuseChangedLimit, usedTooMuch } from "./wrong-endings.ts";

/**
 * Opens the code of a stage, which then runs on hosts of its own.
 *
 * @param folder of the package with the code
 */
export function openCode(stage: Shape, folder: string, limits: Limits): CheckedCode {
  const source = readSource(folder);
  const hosts: Host[] = [];
  let closed = false;
  const runs = new Map<string, Promise<Run>>();
  let waiting: Promise<Shell> | undefined;

  const open = async () => {
    const host = await openHost({ isSealed: true });
    hosts.push(host);
    if (closed) await host.close(); // while it was being opened: what starts in it fails
    return host;
  };
  const run = async (command: string[]): Promise<Run> => {
    const host = await open();
    const before = await snapshot(host);
    const running = startCode(host, folder, command, limits);
    running.endInput();
    const ending = await running.ended;
    refuseChangedLimit(host);
    if (ending.excess) throw usedTooMuch(command, ending, limits);
    return { ...ending, before, after: await snapshot(host), cgroups: host.cgroup?.made() ?? [] };
  };
  const start = async (script = ":", given?: Host): Promise<Shell> => {
    const host = given ?? (await open());
    const before = await snapshot(host);
    const command = ["sh", "-c", `: ${randomUUID()}; echo up; ${script}\nread line`];
    const running = startCode(host, folder, command, limits);
    const find = () => findByArguments(processesIn(host), command);
    await until("the command", () => running.hasEnded() || find(), limits.seconds + 10);
    const pid = find();
    if (pid !== undefined) {
      running.waits();
      return { host, before, pid, hostname: await hostnameOf(pid), running };
    }
    const ending = await running.ended;
    refuseChangedLimit(host);
    if (ending.excess) throw usedTooMuch(command, ending, limits);
    throw new FactError(
      "a shell that waits in the container",
      ...reasonOf({ stage, source }, ending),
    );
  };
  return {
    stage,
    source,
    run(...command) {
      const key = JSON.stringify(command);
      const known = runs.get(key) ?? run(command);
      runs.set(key, known);
      return known;
    },
    shell: async () => {
      waiting ??= start();
      const shell = await waiting;
      if (!isAlive(shell.pid)) throw endedEarly();
      return shell;
    },
    start,
    close: async () => {
      closed = true;
      for (const host of hosts) await host.close();
    },
  };
}

function processesIn({ cgroup }: Host): number[] {
  return cgroup ? processesBelow(cgroup.directory) : allProcesses();
}
