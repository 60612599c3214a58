import { closeSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { cgroupRoot, readNumber, reapOrphans, removeCgroupAtEnd, spawn, wait } from "shared-native";

/** A limit: its controller, and what is written to which files of a cgroup. */
interface Limit {
  controller: string;
  settings: Record<string, number | string>;
}

/** The options that limit. Some files have another name in cgroup v1: those that are there are meant. */
export const LIMITS = {
  // Processes and threads: when there are as many, fork fails with EAGAIN
  "--pids": {
    ...{ controller: "pids", least: "1", most: "4194304", example: "10" },
    settings: (tasks: number) => ({ "pids.max": tasks }),
  },
  // When it is used up, the kernel kills. Swap would only put that off: v1 counts it along with memory
  "--memory": {
    ...{ controller: "memory", least: "6M", most: "1024G", example: "50M" },
    settings: (bytes: number) => ({
      ...{ "memory.max": bytes, "memory.swap.max": 0 },
      ...{ "memory.limit_in_bytes": bytes, "memory.memsw.limit_in_bytes": bytes },
    }),
  },
  // Microseconds of each 100,000: when they are used up, all in the cgroup wait for the next
  "--cpus": {
    ...{ controller: "cpu", least: "0.01", most: `${availableParallelism()}`, example: "0.5" },
    settings: (processors: number) => ({
      "cpu.max": `${Math.round(processors * 100_000)} 100000`,
      "cpu.cfs_quota_us": Math.round(processors * 100_000),
    }),
  },
};

/** Returns a command that joins all cgroups, and then becomes another. */
export function joinAll(procs: number[], command: string[]): string[] {
  // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
  // the files, then becomes the command
  const join = procs.map((fd) => `echo 0 >&${fd} && `).join("");
  const close = procs.map((fd) => ` ${fd}>&-`).join("");
  return ["sh", "-c", `${join}exec "$@"${close}`, "sh", ...command];
}

/** Stays process 1, as since stage 6. What it starts joins more than one cgroup now. */
export async function init([, ...args]: string[], procs: number[]) {
  // Each keeps its number
  const files = [3, 4, 5, 6].map((fd) => (procs.includes(fd) ? fd : "ignore"));
  const shell = spawn("/bin/sh", args, { stdio: ["inherit", "inherit", "inherit", ...files] });
  for (const fd of procs) closeSync(fd);
  process.on("SIGCHLD", () => reapOrphans(shell));
  for (const signal of ["SIGUSR1", "SIGUSR2"] as const)
    process.on(signal, () => shell.kill(signal));
  process.exitCode = await wait(shell);
}

/** Returns the limits that were asked for, or says what to type. */
export function readLimits(options: Record<string, string>): Limit[] {
  return Object.entries(LIMITS).flatMap(([option, { controller, settings, ...range }]) => {
    const text = options[option];
    if (text === undefined) return [];
    return [{ controller, settings: settings(readNumber(option, text, range)) }];
  });
}

/** Makes the cgroups of a container, with their limits: one with cgroup v2, one for each limit with v1. */
export function configCgroups(name: string, limits: Limit[]): string[] {
  const cgroups = new Set<string>();
  for (const { controller, settings } of limits) {
    const cgroup = path.join(cgroupRoot(controller), name);
    if (!cgroups.has(cgroup)) {
      // A cgroup outlives its processes: whatever becomes of run(), it is removed
      removeCgroupAtEnd(cgroup);
      // A new directory in the cgroup file system is a new cgroup: the kernel fills it with files
      mkdirSync(cgroup);
    }
    cgroups.add(cgroup);
    const there = Object.entries(settings).filter(([file]) => existsSync(path.join(cgroup, file)));
    if (there.length === 0) throw new Error(`this kernel has no limit for ${controller}`);
    for (const [file, text] of there) writeFileSync(path.join(cgroup, file), `${text}`);
  }
  return [...cgroups];
}

/** Says so when the kernel has killed for want of memory: a status of 137 has other reasons, too. */
export function reportOutOfMemory(name: string, memory?: string) {
  if (memory === undefined) return;
  // v2's file, and v1's: both have a line such as "oom_kill 1"
  const files = ["memory.events", "memory.oom_control"];
  const file = files
    .map((each) => path.join(cgroupRoot("memory"), name, each))
    .find((each) => existsSync(each));
  const [, count] = /^oom_kill ([1-9]\d*)$/m.exec(readFileSync(file ?? "", "utf8")) ?? [];
  if (count !== undefined)
    console.error(
      `Out of memory: the container may use ${memory}, and the kernel killed ${count} of its processes`,
    );
}
