import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { childGroups, type Host, repo, runStage, snapshot, until } from "host";
import { describe, expect, it } from "vitest";
import { evaluate } from "../../kit/evaluate.ts";
import { layOverRepo } from "../../kit/lay-over-repo.ts";
import { openNestedHost } from "./open-nested-host.ts";

const CGROUP = "/sys/fs/cgroup/as-in-a-container";

describe("where the root of the cgroups is a container's, with processes in it", () => {
  it("a cgroup with the pids controller lets nobody join until it is threaded", async () => {
    const host = await openNestedHost(CGROUP);
    await evaluate(host, 'native.cgroupRoot("pids")');
    expect(read("cgroup.type")).toBe("domain threaded\n");
    mkdirSync(path.join(CGROUP, "new"));
    expect(read("new/cgroup.type")).toBe("domain invalid\n");
    const procs = '"/sys/fs/cgroup/new/cgroup.procs"';
    const join = (file: string) => evaluate(host, `fs.writeFileSync(${file}, "0")`);
    expect(await join(procs)).toMatchObject({ error: { code: "ENOTSUP" } });
    expect(await join('native.cgroupProcs("/sys/fs/cgroup/new")')).toBe(null);
    expect(read("new/cgroup.type")).toBe("threaded\n");
    expect(await join(procs)).toBe(null);
  });

  it("a cgroup cannot limit memory: only controllers of threads are to be had", async () => {
    const host = await openNestedHost(CGROUP);
    const memory = 'native.cgroupRoot("memory")';
    expect(await evaluate(host, memory)).toMatchObject({ error: { code: "EBUSY" } });
    await evaluate(host, 'native.cgroupRoot("pids")');
    expect(await evaluate(host, memory)).toMatchObject({ error: { code: "ENOTSUP" } });
  });

  it("stage 05 refuses the eleventh task, and leaves nothing", async () => {
    const host = await openNestedHost(CGROUP);
    const before = await snapshot(host);
    const script = `for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; echo ten; sleep 1000 & echo eleven`;
    const { stdout, stderr } = await runStage(host, "05-cgroups", "sh", "-c", script);
    expect(stdout).toBe("ten\n");
    expect(stderr).toMatch(/fork/);
    expect(childGroups(CGROUP)).toEqual([]);
    expect(await snapshot(host)).toEqual(before);
  });

  it("the tests of stage 05 pass, and those of pnpm workshop clean", async () => {
    const host = await openNestedHost(CGROUP);
    const vitest = ["--dir", path.join(repo, "test"), "exec", "vitest", "run", "--maxWorkers=1"];
    const time = ["--testTimeout=300000", "--hookTimeout=300000"];
    const tests = ["steps/05-cgroups", "workshop/clean"];
    const { status, stdout, stderr } = await host.run("pnpm", ...vitest, ...time, ...tests);
    expect(status, stdout + stderr).toBe(0);
    expect(childGroups(CGROUP)).toEqual([]);
  }, 900_000);

  it("pnpm workshop doctor says that only some controllers are of use", async () => {
    const host = await openNestedHost(CGROUP);
    const { status, stdout, stderr } = await workshop(host, "doctor");
    expect(stdout, stderr).toMatch(
      /✓ cgroups +v2 at \/sys\/fs\/cgroup, as in a container: only .*pids/,
    );
    expect(stdout).not.toContain("memory");
    expect(status).toBe(0);
  });

  it("pnpm workshop check passes our code, and says so of code that joins by a path of its own", async () => {
    const host = await openNestedHost(CGROUP);
    await layOverRepo(host);
    const practice = async (script: string) =>
      expect(await host.run("sh", "-c", script, "sh", repo)).toMatchObject({ status: 0 });
    const code = "practice/05-cgroups/src";
    await practice(`cd "$1" && mkdir -p ${code} && cp steps/05-cgroups/src/main.ts ${code}`);
    const ours = await workshop(host, "check", "05");
    expect(ours.status, ours.stdout + ours.stderr).toBe(0);
    const own = 's/cgroupProcs(cgroup)/path.join(cgroup, "cgroup.procs")/';
    await practice(`cd "$1" && sed -i '${own}' ${code}/main.ts`);
    const { status, stdout } = await workshop(host, "check", "05");
    expect(status).toBe(1);
    expect(stdout).toMatch(/could not join[^✗]*cgroupProcs/);
    expect(childGroups(CGROUP)).toEqual([]);
  });

  it("pnpm workshop clean ends and removes what a killed check has left", async () => {
    const host = await openNestedHost(CGROUP);
    await evaluate(host, 'native.cgroupRoot("pids")');
    const box = "workshop-4194304-1"; // no PID is so high
    const leave = `
      cd /sys/fs/cgroup && mkdir --parents container-abcdef ${box}/host &&
      echo threaded >${box}/cgroup.type && echo threaded >${box}/host/cgroup.type &&
      sh -c 'echo 0 >${box}/host/cgroup.procs && exec sleep 1000' >/dev/null 2>&1 &`;
    await host.run("sh", "-c", leave);
    await until("a process", () => read(`${box}/host/cgroup.threads`) !== "");
    const { stdout } = await workshop(host, "clean");
    expect(stdout).toContain(`removed the cgroup ${box}`);
    expect(stdout).toContain("removed the cgroup container-abcdef");
    expect(childGroups(CGROUP)).toEqual([]);
  });
});

function read(file: string): string {
  return readFileSync(path.join(CGROUP, file), "utf8");
}

/** Runs `pnpm workshop …` on a host. */
function workshop(host: Host, ...words: string[]) {
  return host.run("pnpm", "--dir", repo, "workshop", ...words);
}
