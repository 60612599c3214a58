import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cgroupRoot } from "shared-native";
import { describe, expect, it } from "vitest";
import { openHost } from "./host/open-host.ts";
import { childrenOf } from "./host/processes.ts";
import { runStage } from "./host/run-stage.ts";
import { snapshot } from "./host/snapshot.ts";
import { type Container, startStage } from "./host/start-stage.ts";
import { until } from "./host/until.ts";

const STAGE = "05-cgroups";

describe(STAGE, () => {
  it("has only the command in a cgroup with pids.max 10, whatever Node's threads", async () => {
    const host = await openHost();
    const container = await startStage(host, STAGE, "sh", "-c", "echo up; read line");
    await until("the command", () => container.stdout() === "up\n");
    const cgroup = cgroupOf(container);
    expect(cgroup).toMatch(/\/container-\w+$/);
    expect(readFileSync(path.join(cgroup, "pids.max"), "utf8")).toBe("10\n");
    expect(readFileSync(path.join(cgroup, "pids.current"), "utf8")).toBe("1\n");
    expect(readFileSync(path.join(cgroup, "cgroup.procs"), "utf8")).toBe(
      `${commandOf(container)}\n`,
    );
  });

  it("leaves room for a pipeline", async () => {
    const host = await openHost();
    const { stdout, stderr, status } = await runStage(
      host,
      STAGE,
      "bash",
      "-c",
      "ps -e | grep ps | wc -l",
    );
    expect({ stdout, status }).toEqual({ stdout: "1\n", status: 0 });
    expect(stderr).not.toContain("Resource temporarily unavailable");
  });

  it("lets ten tasks live, and no eleventh", async () => {
    const host = await openHost();
    const script =
      "for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; echo ten; sleep 1000 & echo eleven";
    const { stdout, stderr } = await runStage(host, STAGE, "sh", "-c", script);
    expect(stdout).toBe("ten\n");
    expect(stderr).toMatch(/fork/);
  });

  it("keeps a fork bomb in its box", async () => {
    const host = await openHost();
    const before = await snapshot(host);
    // As typed in the article: the function is defined, then called.
    const container = await startStage(
      host,
      STAGE,
      "bash",
      "-c",
      "echo up; :() { : | : & }; :; read line",
    );
    await until("the command", () => container.stdout() === "up\n");
    const cgroup = cgroupOf(container);
    const seen: number[] = [];
    await until("forks that failed", () => {
      seen.push(Number(readFileSync(path.join(cgroup, "pids.current"), "utf8")));
      return forksRefused(cgroup) >= 3;
    });
    expect(Math.max(...seen)).toBe(10);

    process.kill(container.main, "SIGTERM");
    await container.ended;
    expect(existsSync(cgroup)).toBe(false);
    expect(await snapshot(host)).toEqual(before);
  });

  it("limits two containers each on its own", async () => {
    const host = await openHost();
    const eight = "for i in 1 2 3 4 5 6 7; do sleep 1000 & done; echo up; read line";
    const [first, second] = await Promise.all([
      startStage(host, STAGE, "bash", "-c", eight),
      startStage(host, STAGE, "bash", "-c", eight),
    ]);
    await until("both", () => first.stdout() === "up\n" && second.stdout() === "up\n");
    const [a, b] = [cgroupOf(first), cgroupOf(second)];
    expect(a).not.toBe(b);
    expect(readFileSync(path.join(a, "pids.current"), "utf8")).toBe("8\n");
    expect(readFileSync(path.join(b, "pids.current"), "utf8")).toBe("8\n");
  });

  it("takes its cgroup away, also when the command leaves processes behind", async () => {
    const host = await openHost();
    const { stdout } = await runStage(
      host,
      STAGE,
      "bash",
      "-c",
      "sleep 1000 & cat /proc/self/cgroup",
    );
    const name = path.basename(/pids:(.*)|^0::(.*container.*)/m.exec(stdout)?.[0] ?? "");
    expect(name).toMatch(/^container-/);
    expect(existsSync(path.join(cgroupRoot("pids"), name))).toBe(false);
  });
});

function commandOf(container: Container): number {
  return childrenOf(container.child())[0] ?? 0;
}

/** The directory of the cgroup that the command is in. */
function cgroupOf(container: Container): string {
  const lines = readFileSync(`/proc/${commandOf(container)}/cgroup`, "utf8");
  const name = /\/(container-\w+)$/m.exec(lines)?.[1] ?? "none";
  return path.join(cgroupRoot("pids"), name);
}

/** How often the limit made a fork fail: "max 17". */
function forksRefused(cgroup: string): number {
  return Number(readFileSync(path.join(cgroup, "pids.events"), "utf8").split(" ")[1]);
}
