import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { interleave } from "bench/interleave";
import type { Results } from "bench/results";
import { repo, run } from "host";
import { describe, expect, it, onTestFinished } from "vitest";
import { openHost } from "../kit/open-host.ts";

describe("pnpm bench", () => {
  it("prints a table, and writes the same as JSON", async () => {
    const { results, stdout } = await bench("05-cgroups", "bare Node");
    expect(results.starts.map(({ name }) => name)).toEqual([
      "stage 05-cgroups",
      "stage 05-cgroups, without pnpm",
      "a bare Node",
      "two bare Nodes, one after the other",
    ]);
    for (const start of results.starts) {
      if (start.notHere !== undefined) throw new Error(start.notHere);
      expect(start.runs).toBe(1);
      expect(start.median).toBeGreaterThan(1);
      expect(stdout).toContain(`| ${start.name} | ${start.median.toFixed(1)} |`);
    }
    expect(results.bars.map(({ what }) => what)).toEqual(["without pnpm ÷ two bare Nodes"]);
  });

  it("times the checker on our code, and leaves a student's as it is", async () => {
    const folder = path.join(repo, "practice");
    const practice = () => globSync("*/src/**", { cwd: folder }).sort();
    const before = practice();
    const { results } = await bench("check 01", "first fact fails");
    expect(results.starts.map(({ notHere }) => notHere)).toEqual([undefined, undefined]);
    expect(practice()).toEqual(before);
  });

  it.each([
    ["--rounds=abc", /Type a number from 1 to 9999\.\n$/],
    ["--only=nothing", /\nerror: no start has one of these words: nothing\n$/],
    ["--json=/nonexistent/results.json", /^error: .*ENOENT.*\n$/],
  ])("says in one line what is wrong with %s", async (option, line) => {
    const host = await openHost();
    const { status, stderr } = await run([
      ...host.enter(repo),
      "pnpm",
      "--silent",
      "bench",
      option,
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(line);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("times in turns, one task at a time", async () => {
    const order: string[] = [];
    const task = (name: string) => async () => {
      order.push(`${name} begins`);
      await setImmediate();
      order.push(`${name} ends`);
    };
    const names = ["one", "two", "three"];
    const times = await interleave(new Map(names.map((name) => [name, task(name)])), 2);
    const round = names.flatMap((name) => [`${name} begins`, `${name} ends`]);
    expect(order).toEqual([...round, ...round]);
    expect([...times.keys()]).toEqual(names);
  });
});

async function bench(...only: string[]): Promise<{ results: Results; stdout: string }> {
  const host = await openHost();
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "results.json");
  const options = ["--rounds", "1", "--json", file, "--only", ...only];
  const command = ["pnpm", "--silent", "bench", ...options];
  const { status, stdout, stderr } = await run([...host.enter(repo), ...command]);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  return { results: JSON.parse(readFileSync(file, "utf8")), stdout };
}
