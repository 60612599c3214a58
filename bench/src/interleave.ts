import { Bench, type TaskResult } from "tinybench";
import type { Times } from "./results.ts";

/**
 * Times tasks in turns: each once, then each again. Timed one after another, as hyperfine and
 * tinybench would, two tasks see two different machines when others use it too, and their ratio
 * says little. In its mode "bench" tinybench runs all tasks at once; they queue up here.
 */
export async function interleave(
  tasks: Map<string, () => Promise<unknown>>,
  rounds: number,
): Promise<Map<string, Times>> {
  const bench = new Bench({
    concurrency: "bench",
    iterations: rounds,
    time: 0,
    warmup: false, // who calls this has run each once
    throws: true,
  });
  let turn: Promise<unknown> = Promise.resolve();
  for (const [name, run] of tasks) {
    bench.add(name, async () => {
      const timed = turn.then(() => stopwatch(run));
      turn = timed;
      return timed;
    });
  }
  const done = await bench.run();
  return new Map(done.map(({ name, result }) => [name, timesOf(result)]));
}

function timesOf(result: TaskResult): Times {
  if (result.state !== "completed") throw new Error(`a task is ${result.state}`);
  const { p50, min, samplesCount } = result.latency;
  return { median: round(p50), fastest: round(min), runs: samplesCount };
}

async function stopwatch(run: () => Promise<unknown>): Promise<{ overriddenDuration: number }> {
  const start = performance.now();
  await run();
  return { overriddenDuration: performance.now() - start };
}

function round(milliseconds: number): number {
  return Number(milliseconds.toFixed(2));
}
