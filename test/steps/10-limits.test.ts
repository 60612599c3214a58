import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { cgroupOf, runStage, until } from "host";
import { cgroupRoot } from "shared-native";
import { describe, expect, it } from "vitest";
import { openHost } from "../kit/open-host.ts";
import { startShell } from "../kit/start-shell.ts";

const STAGE = "10-limits";

/** Keeps two processors busy for three seconds, then prints how long that took, and the time they had. */
const BUSY = `
  up() { cut -d' ' -f1 /proc/uptime; }
  up
  for each in 1 2; do timeout 3 sh -c 'while :; do :; done' & done
  wait
  up
  times`;

describe(STAGE, () => {
  it.each([
    ["0.5", 0.5],
    [".25", 0.25],
  ])("gives --cpus %s that much of a processor, however many want it", async (text, most) => {
    const host = await openHost({ isSealed: true });
    const { stdout } = await runStage(host, STAGE, "--cpus", text, "sh", "-c", BUSY);
    const [begin = 0, end = 0] = stdout.split("\n").map(Number);
    // The last line of times(1p) is of the children: "0m1.480000s 0m0.010000s"
    const used = [...(stdout.trim().split("\n").at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)]
      .map(([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds))
      .reduce((sum, each) => sum + each, 0);
    expect(used).toBeGreaterThan(0);
    // On an emulated machine it was 1.35 times as much: the time in which that does not run is counted,
    // too. Without a limit it would be two processors
    expect(used).toBeLessThan(1.6 * most * (end - begin + 0.2));
  });

  it("leaves the container alone when the kernel kills another process than the command", async () => {
    const host = await openHost({ isSealed: true });
    const script = "tail /dev/zero; echo status $?; echo still here";
    for (const options of [[], ["--init"]]) {
      const command = [...options, "--memory=30M", "sh", "-c", script];
      const { status, stdout, stderr } = await runStage(host, STAGE, ...command);
      expect({ status, stdout }).toEqual({ status: 0, stdout: "status 137\nstill here\n" });
      expect(stderr).toMatch(/^Out of memory: the container may use 30M, .* killed 1 of its/m);
    }
  });

  it("does not speak of memory when the command was killed for another reason", async () => {
    const host = await openHost({ isLimiting: true });
    const container = await startShell(host, `${STAGE} --memory=30M`);
    process.kill(container.child(), "SIGKILL");
    expect(await container.ended).toMatchObject({ status: 137 });
    expect(container.stderr()).not.toMatch(/memory/i);
  });

  it.each([[""], ["--memory=30M"], ["--memory=30M --cpus=0.5 --pids=20"], ["--cpus=1"]])(
    "takes all its cgroups away, also when run() dies by SIGKILL: %s",
    async (options) => {
      const host = await openHost({ isLimiting: true });
      const container = await startShell(host, `${STAGE} ${options}`.trim());
      const made = cgroupsOf(container.child());
      expect(made.length).toBeGreaterThan(0);
      process.kill(container.main, "SIGKILL");
      await until("the cgroups' end", () => !made.some((cgroup) => existsSync(cgroup)));
    },
  );

  it("shows its cgroups as / in every hierarchy, and the host sees their names", async () => {
    const host = await openHost({ isLimiting: true });
    const container = await startShell(host, `${STAGE} --memory=30M`);
    expect(cgroupsOf(container.child())).not.toEqual([]);
    const { stdout } = await runStage(host, STAGE, "--memory=30M", "cat", "/proc/self/cgroup");
    for (const line of stdout.trim().split("\n")) expect(line).toMatch(/:\/$/);
  });

  it.each([
    ["--memory", "50X", "6M to 1024G, such as --memory=50M"],
    ["--memory", "5M", "6M to 1024G, such as --memory=50M"],
    ["--memory", "-50M", "6M to 1024G, such as --memory=50M"],
    ["--memory", "1e9", "6M to 1024G, such as --memory=50M"],
    ["--memory", "", "6M to 1024G, such as --memory=50M"],
    ["--cpus", "0", `0.01 to ${availableParallelism()}, such as --cpus=0.5`],
    ["--cpus", "1000", `0.01 to ${availableParallelism()}, such as --cpus=0.5`],
    ["--cpus", "half", `0.01 to ${availableParallelism()}, such as --cpus=0.5`],
    ["--pids", "2.5", "1 to 4194304, such as --pids=10"],
    ["--pids", "max", "1 to 4194304, such as --pids=10"],
  ])("refuses %s %s, and makes nothing", async (option, text, range) => {
    const host = await openHost({ isSealed: true });
    for (const words of [[option, text], [`${option}=${text}`]]) {
      const { status, stdout, stderr } = await runStage(host, STAGE, ...words, "echo", "started");
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toBe(`${STAGE}: ${option}=${text}: type a number from ${range}\n`);
    }
    expect(host.cgroup?.made()).toEqual([]);
  });

  it("leaves to the command what comes after it", async () => {
    const host = await openHost({ isSealed: true });
    const { stdout } = await runStage(host, STAGE, "--pids=11", "echo", "--memory", "x");
    expect(stdout).toBe("--memory x\n");
  });
});

/** Lists the directories of the cgroups that a container has for itself. */
function cgroupsOf(pid: number): string[] {
  const all = ["pids", "memory", "cpu"].map((each) => cgroupOf(pid, each, cgroupRoot(each)));
  return [...new Set(all)].filter((cgroup) => path.basename(cgroup).startsWith("container-"));
}
