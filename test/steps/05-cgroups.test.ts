import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { childrenOf, type RunningStage, snapshot, until } from "host";
import { cgroupRoot } from "shared-native";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "05-cgroups";

/** The bomb as typed in the article: the function is defined, then called. */
const BOMB = "exec bash -c 'echo up; :() { : | : & }; :; read line'";

describe(STAGE, () => {
  it("keeps a fork bomb in its box, and ends it with the container", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    const container = await startShell(host, STAGE, BOMB);
    const cgroup = cgroupOf(container);
    const seen: number[] = [];
    await until("forks that failed", () => {
      seen.push(Number(readFileSync(path.join(cgroup, "pids.current"), "utf8")));
      return forksRefused(cgroup) >= 3;
    });
    // A fork is refused at ten; between two looks, some may have ended.
    expect(Math.max(...seen)).toBeLessThanOrEqual(10);

    process.kill(container.main, "SIGTERM");
    await container.ended;
    expect(existsSync(cgroup)).toBe(false);
    expect(await snapshot(host)).toEqual(before);
  });

  it("takes its cgroup away, also when run() dies by SIGKILL", async () => {
    const host = await openHost();
    const container = await startShell(host, STAGE);
    const cgroup = cgroupOf(container);
    expect(existsSync(cgroup)).toBe(true);
    process.kill(container.main, "SIGKILL");
    await until("the cgroup's end", () => !existsSync(cgroup));
  });

  it("takes its cgroup away, also when the one that watches run() is killed", async () => {
    const host = await openHost();
    const container = await startShell(host, STAGE, "echo up; read line; exit 5");
    const cgroup = cgroupOf(container);
    const watchers = childrenOf(container.main).filter((pid) => pid !== container.child());
    expect(watchers).toHaveLength(1);
    for (const pid of watchers) process.kill(pid, "SIGKILL");
    container.endInput();
    expect(await container.ended).toMatchObject({ status: 5 });
    expect(existsSync(cgroup)).toBe(false);
  });
});

function commandOf(container: RunningStage): number {
  return childrenOf(container.child())[0] ?? 0;
}

/** Returns the directory of the cgroup that the command is in. */
function cgroupOf(container: RunningStage): string {
  const lines = readFileSync(`/proc/${commandOf(container)}/cgroup`, "utf8");
  const name = /\/(container-\w+)$/m.exec(lines)?.[1] ?? "none";
  return path.join(cgroupRoot("pids"), name);
}

/** Counts how often the limit made a fork fail: "max 17". */
function forksRefused(cgroup: string): number {
  return Number(readFileSync(path.join(cgroup, "pids.events"), "utf8").split(" ")[1]);
}
