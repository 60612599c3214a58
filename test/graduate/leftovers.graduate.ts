import { globSync, readFileSync } from "node:fs";
import { type Host, snapshot, until } from "host";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { reasonToSkip, startGraduate } from "./start-graduate.ts";

const reason = reasonToSkip();

/** Returns all that could be left on a host, in a form that can be compared. */
async function look(host: Host) {
  return { ...(await snapshot(host)), cgroups: cgroups(), settings: settings() };
}

/** Lists the machines' cgroups: where one is, its processes may be. */
function cgroups(): string[] {
  return globSync("/sys/fs/cgroup/{,*/}graduate-*");
}

/** Returns what dockerd sets on every machine where it is started. */
function settings(): string[] {
  const files = ["keys/root_maxkeys", "keys/root_maxbytes", "keys/maxkeys"];
  return files.map((file) => readFileSync(`/proc/sys/kernel/${file}`, "utf8"));
}

describe.skipIf(reason)(`pnpm graduate leaves nothing behind ${reason ?? ""}`, () => {
  it("at its end", async () => {
    const host = await openHost();
    const before = await look(host);
    const graduate = startGraduate(host, "podman", "docker");
    expect(await graduate.status()).toBe(0);
    expect(await look(host)).toEqual(before);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
    ["SIGKILL", "SIGKILL"],
  ] as const)("after %s, while a daemon has containers", async (signal, status) => {
    const host = await openHost();
    const before = await look(host);
    const graduate = startGraduate(host, "docker", "swarm");
    await until("docker", () => graduate.stdout().startsWith("docker"), 300);
    expect(cgroups().length).toBeGreaterThan(before.cgroups.length);
    graduate.kill(signal);
    expect(await graduate.status()).toBe(status);
    await until("the end of its cgroups", () => cgroups().length === before.cgroups.length);
    expect(await look(host)).toEqual(before);
    expect(graduate.stderr()).toBe("");
  });
});
