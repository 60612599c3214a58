import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { collect, repo, run, until } from "host";
import { expect, it } from "vitest";
import { processesAt } from "../kit/processes-at.ts";

const PART = path.join(repo, ".ci/part");

/** Two that try to get away, each with a mark in its arguments, then one that stays. */
const leaves = (mark: string) => `echo begun; setsid sleep ${mark} & nohup sleep ${mark} & wait`;

it("ends a part of CI with all its processes when its time is over, and shows what it said", async () => {
  const mark = `${process.pid}01`;
  const { status, stdout } = await run([PART, "0.05", "slow", "sh", "-c", leaves(mark)]);
  expect(stdout).toContain("begun\n");
  expect(stdout).toContain("=== slow: its 0.05 minutes are over, so it was ended\n");
  expect(status).toBe(137);
  expect(processesAt(mark)).toEqual([]);
});

it("ends a part of CI with all its processes when CI is ended", async () => {
  const mark = `${process.pid}02`;
  const part = spawn(PART, ["5", "slow", "sh", "-c", leaves(mark)]);
  const stdout = collect(part.stdout);
  await until("the part", () => stdout().includes("begun"));
  part.kill("SIGTERM");
  expect(await once(part, "exit")).toEqual([143, null]);
  await expect.poll(() => processesAt(mark), { timeout: 5000 }).toEqual([]);
});

it("passes on the status of a part of CI", async () => {
  const { status, stdout } = await run([PART, "1", "quick", "sh", "-c", "exit 3"]);
  expect(stdout).toMatch(/^=== quick \(at most 1 minutes\)\n=== quick: status 3 after \d s\n$/);
  expect(status).toBe(3);
});
