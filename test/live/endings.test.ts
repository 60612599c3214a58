import { readdirSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf, findHierarchy, sendSignal, until } from "host";
import { readMountinfo } from "shared-native";
import { beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../kit/free-port.ts";
import { processesAt } from "../kit/processes-at.ts";
import { openClient } from "./open-client.ts";
import { startLive, startLiveHere, stopLive } from "./start-live.ts";

// It builds the course, if that has to be done
beforeAll(async () => stopLive(await startLiveHere()), 300_000);

const state = () => ({ hostname: hostname(), mounts: readMountinfo().length });

describe("when the page's server ends, nothing stays", () => {
  it.each([
    ["SIGINT", 130, null],
    ["SIGTERM", 143, null],
    ["SIGHUP", 129, null],
    ["SIGKILL", null, "SIGKILL"],
  ] as const)("by %s", async (name, status, signal) => {
    const before = state();
    const mark = `${process.pid}${Math.round(performance.now())}`;
    // Its usual one is taken by the next server at once
    const live = await startLive("--port", String(await freePort()));
    const inside = childrenOf(live.child.pid ?? 0)[0];
    const page = await openClient(live);
    page.type(1, `setsid sleep ${mark} & nohup sleep ${mark} >/dev/null & sleep ${mark}\r`);
    page.type(2, "pnpm --silent --filter 05-cgroups start /bin/bash\r");
    await page.sees("a limit and three processes", ({ picture: { containers, processes } }) => {
      const sleeping = processes.filter(({ command }) => command === `sleep ${mark}`);
      return sleeping.length === 3 && containers.some(({ limit }) => limit?.current === 1);
    });
    const cgroups = () =>
      readdirSync(findHierarchy() ?? "/").filter((group) =>
        group.startsWith(`workshop-${inside}-`),
      );
    expect(cgroups()).toHaveLength(1);
    expect(processesAt(mark)).not.toEqual([]);

    sendSignal(live.child.pid ?? 0, name);
    expect(await live.ended).toEqual([status, signal]);
    await until("the end of all", () => processesAt(mark).length === 0 && cgroups().length === 0);
    expect(processesAt(`/proc/${inside}/`)).toEqual([]);
    await expect(fetch(live.origin)).rejects.toThrow("fetch failed");
    expect(state()).toEqual(before);
  });
});

it("goes on where it was, when all of it has slept, as in a laptop that was closed", async () => {
  const live = await startLive();
  const all = [live.child.pid ?? 0, ...childrenOf(live.child.pid ?? 0)];
  const page = await openClient(live);
  page.type(1, "(sleep 1; echo slept) & echo begun\r");
  await page.shows(1, /begun\r/);
  for (const pid of all) sendSignal(pid, "SIGSTOP");
  page.type(2, "echo typed $((40+2)) meanwhile\r");
  await sleep(3000);
  expect(page.text(2)).not.toContain("42");
  for (const pid of all) sendSignal(pid, "SIGCONT");
  await page.shows(2, "typed 42 meanwhile");
  await page.shows(1, /slept\r/);
  page.type(1, "unshare --uts bash --norc\r");
  await page.sees("a container", ({ picture }) => picture.containers.length === 1);
});

it("the server ends, and says so, when what has the terminals was killed", async () => {
  const live = await startLive();
  const inside = childrenOf(live.child.pid ?? 0)[0] ?? 0;
  await openClient(live);
  sendSignal(inside, "SIGKILL");
  expect(await live.ended).toEqual([1, null]);
  expect(live.output()).toContain("error: the terminals were killed: type pnpm live again");
});

it("a port that is taken is named", async () => {
  const live = await startLive();
  const { port } = new URL(live.origin);
  await expect(startLive("--port", port)).rejects.toThrow(
    `error: port ${port} is taken: type "pnpm live" for one that is free`,
  );
});
