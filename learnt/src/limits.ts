import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import {
  cgroupProcs,
  cgroupRoot,
  readNumber,
  reapOrphans,
  removeCgroupAtEnd,
  spawn,
  wait,
} from "shared-native";

/** A limit: its controller, the numbers that it takes, and what is written to which files of a cgroup. */
interface Limit {
  controller: string;
  range: { least: string; most: string; example: string };
  settings: (number: number) => Settings;
}
type Settings = Record<string, number | string>;

/** Each limit has an option. Some files have another name in cgroup v1: those that are there are meant. */
export const LIMITS: Record<string, Limit> = {
  "--pids": {
    controller: "pids",
    range: { least: "1", most: "4194304", example: "10" },
    // Processes and threads: when there are as many, fork fails with EAGAIN
    settings: (tasks) => ({ "pids.max": tasks }),
  },
  "--memory": {
    controller: "memory",
    range: { least: "6M", most: "1024G", example: "50M" },
    // When it is used up, the kernel kills. Swap would only put that off: v1 counts it along with memory
    settings: (bytes) => ({
      "memory.max": bytes,
      "memory.swap.max": 0,
      "memory.limit_in_bytes": bytes,
      "memory.memsw.limit_in_bytes": bytes,
    }),
  },
  "--cpus": {
    controller: "cpu",
    range: { least: "0.01", most: `${availableParallelism()}`, example: "0.5" },
    // Microseconds of each 100,000: when they are used up, all in the cgroup wait for the next
    settings: (processors) => ({
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
  return ["sh", "-c", `${join}exec "$@" 3>&- 4>&- 5>&- 6>&-`, "sh", ...command];
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

/** Reads the limits that were asked for, or says what to type. Returns the settings of each controller. */
export function readLimits(options: Record<string, string>): Record<string, Settings> {
  const limits: Record<string, Settings> = {};
  for (const [option, { controller, range, settings }] of Object.entries(LIMITS)) {
    const text = options[option];
    if (text !== undefined) limits[controller] = settings(readNumber(option, text, range));
  }
  return limits;
}

/** Makes the cgroups of a container, with their limits. Opens the files by which a process joins them. */
export function configCgroups(name: string, limits: Record<string, Settings>): number[] {
  return Object.entries(limits).map(([controller, settings]) => {
    const cgroup = path.join(cgroupRoot(controller), name);
    // With v2, it is the same directory for all controllers
    if (!existsSync(cgroup)) {
      // A cgroup outlives its processes: whatever becomes of run(), it is removed
      removeCgroupAtEnd(cgroup);
      // A new directory in the cgroup file system is a new cgroup: the kernel fills it with files
      mkdirSync(cgroup);
    }
    const files = Object.keys(settings).filter((file) => existsSync(path.join(cgroup, file)));
    if (files.length === 0) throw new Error(`this kernel has no limit for ${controller}`);
    for (const file of files) writeFileSync(path.join(cgroup, file), `${settings[file]}`);
    return openSync(cgroupProcs(cgroup), "w");
  });
}

/** Says so when the kernel has killed for want of memory: a status of 137 has other reasons, too. */
export function reportOutOfMemory(name: string, memory?: string) {
  if (memory === undefined) return;
  const cgroup = path.join(cgroupRoot("memory"), name);
  // v2's file, or v1's: both have a line such as "oom_kill 1"
  const file = existsSync(path.join(cgroup, "memory.events"))
    ? "memory.events"
    : "memory.oom_control";
  const killed = /^oom_kill ([1-9]\d*)$/m.exec(readFileSync(path.join(cgroup, file), "utf8"))?.[1];
  if (killed === undefined) return;
  console.error(
    `Out of memory: the container may use ${memory}, and the kernel killed ${killed} of its processes`,
  );
}
