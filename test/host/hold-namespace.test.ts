import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, holdNamespace, isAlive, until } from "host";
import { expect, it, onTestFinished } from "vitest";

it("a namespace that is held keeps its number, when others are made after its end", async () => {
  const first = await startInNamespace();
  const held = holdNamespace(first, "pid");
  onTestFinished(() => held?.close());
  expect(held?.processes()).toEqual([first]);
  process.kill(first, "SIGKILL");
  await until("its end", () => !isAlive(first));
  await sleep(2000); // the kernel takes its time to free a number
  for (let i = 0; i < 5; i++) await startInNamespace();
  expect(held?.processes()).toEqual([]);
});

/** @returns the PID of the process 1 of a new namespace */
async function startInNamespace(): Promise<number> {
  const command = ["--pid", "--fork", "--kill-child", "sh", "-c", "echo up; exec sleep 1000"];
  const unshare = spawn("unshare", command, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void unshare.kill("SIGKILL"));
  await once(unshare.stdout, "data");
  return childrenOf(unshare.pid ?? 0)[0] ?? 0;
}
