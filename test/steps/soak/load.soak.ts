import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import {
  childrenOf,
  type Host,
  isAlive,
  mountsOf,
  namespaceOf,
  processesIn,
  runStage,
  snapshot,
  ubuntuFs,
} from "host";
import { describe, expect, it } from "vitest";
import { rootedStages } from "workshop/stages";
import { limited } from "../../kit/containers.ts";
import { openHostWithCgroups } from "./own-cgroups.ts";

describe.each(rootedStages)("$name", ({ name: stage }) => {
  it("runs 50 containers at once, each by itself", async () => {
    // Private, as what 03 leaks into a shared one gets stacked, and some of it stays: the course says so
    const { host, cgroups } = await openHostWithCgroups({ propagation: "private" });
    const before = await snapshot(host);
    const starts = await Promise.all(Array.from({ length: 50 }, () => start(host, stage)));
    say(stage, "50 at once", starts);
    expect(cgroups()).toEqual([]);
    expect(await snapshot(host)).toEqual(before);
  });
});

describe.each(limited)("$name", ({ name: stage }) => {
  it("leaves nothing behind, and nothing grows, with 1,000 containers one after the other", async () => {
    const { host, cgroups } = await openHostWithCgroups();
    const uts = namespaceOf(host.pid, "uts") ?? "";
    const look = async () => ({
      hostname: (await snapshot(host)).hostname,
      // Where containers mount: other mounts of the machine may come and go in ten minutes
      mounts: mountsOf(host).filter((point) => point.startsWith(ubuntuFs)),
      cgroups: cgroups(),
      processes: processesIn("uts", uts),
      zombies: childrenOf(process.pid).filter((pid) => !isAlive(pid)),
      descriptors: readdirSync("/proc/self/fd").length,
    });
    for (let i = 0; i < 20; i++) await start(host, stage); // fills the caches
    const before = await look();
    const memoryBefore = memory();
    const starts: number[] = [];
    for (let i = 0; i < 1000; i++) starts.push(await start(host, stage));
    say(stage, "1,000 one after the other", starts);
    expect(await look()).toEqual(before);

    const grown = memory() - memoryBefore;
    console.log(`${stage}, 1,000 one after the other: the kernel's memory grew by ${grown} KiB`);
    // Measured: a cgroup that stays costs the kernel 4 KiB, a mount namespace 5
    expect(grown).toBeLessThan(4 * 1000);
  });
});

/** Runs a short command in a container, and returns how long it took to start, in milliseconds. */
async function start(host: Host, stage: string): Promise<number> {
  const begin = Date.now();
  const script = "date +%s%3N; echo $(hostname) $$";
  const { status, stdout, stderr } = await runStage(host, stage, "sh", "-c", script);
  const [, started, name] = /^(\d+)\n(\w+ \d+)\n$/.exec(stdout) ?? [];
  expect({ status, name, stderr }).toMatchObject({
    status: 0,
    name: expect.stringMatching(/^container \d+$/),
  });
  return Number(started) - begin;
}

/** Returns what the kernel itself holds and cannot give back, in KiB. */
function memory(): number {
  const meminfo = readFileSync("/proc/meminfo", "utf8");
  return ["SUnreclaim", "KernelStack", "Percpu"]
    .map((name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(meminfo)?.[1]))
    .reduce((sum, kibibytes) => sum + kibibytes);
}

function say(stage: string, what: string, starts: number[]): void {
  const sorted = starts.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(
    `${stage}, ${what}, on ${availableParallelism()} CPUs: until the command ran, ${median} ms (median), ${sorted.at(-1)} ms (slowest)`,
  );
}
