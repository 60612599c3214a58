import { checks } from "./checks.ts";
import { type Command, runCommand, tryOut, typed } from "./command.ts";
import { interleave } from "./interleave.ts";
import { BARE_NODE, ours } from "./ours.ts";
import { GO_RUN, peers } from "./peers.ts";
import type { Row, Start, Times } from "./results.ts";

/** A command to be timed: usually one run of it, or several. */
interface Timed extends Command {
  times?: number;
}

const TWO_NODES: Timed = { ...BARE_NODE, name: "two bare Nodes, one after the other", times: 2 };

const all: Timed[] = [...ours, BARE_NODE, TWO_NODES, ...peers, ...checks];

/**
 * Times the starts of containers that do nothing, and the checks of all that a stage's container does.
 *
 * @param only those with one of these words in their name, or all
 */
export async function timeStarts(rounds: number, only: string[]): Promise<Row<Start>[]> {
  const wanted = all.filter(
    ({ name }) => only.length === 0 || only.some((word) => name.includes(word)),
  );
  const tried = [];
  for (const command of wanted) tried.push({ command, notHere: await tryOut(command) });

  const here = tried.filter(({ notHere }) => notHere === undefined);
  const tasks = new Map(here.map(({ command }) => [command.name, () => repeat(command)]));
  const times = await interleave(tasks, rounds);
  for (const { command } of here) await command.cleanUp?.();
  return tried.map(({ command, notHere = "" }) => {
    const found = times.get(command.name);
    const row = { name: command.name, typed: typedAsOften(command) };
    return found ? { ...row, ...found, ...ratios(found, times) } : { ...row, notHere };
  });
}

async function repeat(command: Timed): Promise<void> {
  for (let left = command.times ?? 1; left > 0; left--) await runCommand(command);
}

function typedAsOften(command: Timed): string {
  return Array.from({ length: command.times ?? 1 }, () => typed(command)).join("; ");
}

function ratios({ median }: Times, times: Map<string, Times>) {
  const [goRun, twoNodes] = [GO_RUN, TWO_NODES].map(({ name }) => times.get(name)?.median);
  return {
    ...(goRun !== undefined && { byGoRun: ratio(median, goRun) }),
    ...(twoNodes !== undefined && { byTwoNodes: ratio(median, twoNodes) }),
  };
}

function ratio(dividend: number, divisor: number): number {
  return Number((dividend / divisor).toFixed(2));
}
