import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Results } from "bench/results";
import { describe, expect, it, onTestFinished } from "vitest";
import { repo } from "workshop/host/folders";
import { openHost } from "./host/open-host.ts";
import { run } from "./host/run.ts";

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
      expect(stdout).toContain(
        `| ${start.name} | \`${start.typed}\` | ${start.median.toFixed(1)} |`,
      );
    }
    expect(results.bars.map(({ what }) => what)).toEqual(["without pnpm ÷ two bare Nodes"]);
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
