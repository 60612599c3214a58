import { runCommand, tryOut, typed } from "./command.ts";
import { interleave } from "./interleave.ts";
import { LAST_STAGE, withPnpm } from "./ours.ts";
import { GO_RUN } from "./peers.ts";
import type { AtOnce, Row } from "./results.ts";

const CONTAINERS = [1, 2, 4, 8, 16];

/** Times the starts of several containers at once, until the last of them has ended. */
export async function timeAtOnce(rounds: number): Promise<Row<AtOnce>[]> {
  const rows = [];
  const tasks = new Map<string, () => Promise<unknown>>();
  for (const command of [withPnpm(LAST_STAGE), GO_RUN]) {
    const notHere = await tryOut(command);
    rows.push({ command, notHere });
    if (notHere !== undefined) continue;
    for (const count of CONTAINERS) {
      tasks.set(task(command, count), () =>
        Promise.all(Array.from({ length: count }, () => runCommand(command))),
      );
    }
  }
  const times = await interleave(tasks, rounds);
  return rows.map(({ command, notHere }) => {
    const row = { name: command.name, typed: typed(command) };
    if (notHere !== undefined) return { ...row, notHere };
    const medians = CONTAINERS.map((count) => [count, times.get(task(command, count))?.median]);
    return { ...row, medians: Object.fromEntries(medians) };
  });
}

function task({ name }: { name: string }, count: number): string {
  return `${name}, ${count} at once`;
}
