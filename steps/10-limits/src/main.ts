// docker run <image> <command> [args…]
// pnpm --filter 10-limits start [--init] [--memory=50M] [--cpus=0.5] [--pids=10] <command> [args…]
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { hideKernel, mountDevices } from "learnt/devices";
import { configNetwork, DISCONNECT, isPublishable, plugIn, ports, reserve } from "learnt/network";
import { makeDirectory, mountOverlay } from "learnt/overlay";
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  dieWithParent,
  execve,
  keepEnvironment,
  MNT_DETACH,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  mount,
  oneLineErrors,
  openTerminal,
  pivotRoot,
  readNumber,
  reapOrphans,
  removeCgroupAtEnd,
  requireNewNamespaces,
  runAtEnd,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  unshareCgroup,
  wait,
} from "shared-native";

/** A limit: its controller, and what is written to which files of a cgroup. */
interface Limit {
  controller: string;
  settings: Record<string, number | string>;
}

/** The options that limit. Some files have another name in cgroup v1: those that are there are meant. */
const LIMITS = {
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

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = { "--pids": "10" };
const OPTION = /^--(init|read-only|(image|directory|publish)=.+|(memory|cpus|pids)(=.*)?)$/;
while (OPTION.test(command[0] ?? "")) {
  const [option = "", text] = command.shift()?.split("=") ?? [];
  options[option] = text ?? (option in LIMITS ? command.shift() : undefined) ?? "";
}
const limits = readLimits(options);
const withInit = "--init" in options;
ports.push(...(options["--publish"]?.split(",") ?? []));
if (!command[0] || command[0].startsWith("--") || !ports.every(isPublishable)) {
  console.error(
    "usage: pnpm --filter 10-limits start [--init] [--memory=50M] [--cpus=0.5] [--pids=10] <command> [args…]",
  );
  process.exit(2);
}
switch (mode) {
  case "run":
    await run();
    break;
  case "child":
    await child();
    break;
  default:
    throw new Error(`invalid command "${mode}": type run`);
}

async function run() {
  console.error(`Running main process [${command.join(" ")}] as ${process.pid}`);

  const name = `container-${Math.random().toString(36).slice(2, 8)}`;
  for (const port of ports) await reserve(Number.parseInt(port, 10));
  const cgroups = configCgroups(name, limits);
  const [procs, ...more] = cgroups.map((cgroup) => openSync(cgroupProcs(cgroup), "w"));
  const directory = makeDirectory(name);
  const cable = name.replace("container", "cable");
  // Whatever becomes of run(), the host's network is then as it was
  runAtEnd(DISCONNECT, cable);

  // Without a terminal of its own, the container could type into ours
  const terminal = openTerminal();
  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const own = [`--directory=${directory}`, ...words];
  const args = [...process.execArgv, import.meta.filename, "child", ...own];
  const container = spawn("/proc/self/exe", args, {
    // In its new root the child does not find the cgroups any more: it gets the files as descriptors 3, 5…
    stdio: [...terminal.stdio, procs, "pipe", ...more],
    // In a new session: a terminal that we have is not for it
    detached: true,
    // CLONE_NEWUTS: create the process in a new namespace, with a hostname of its own
    // CLONE_NEWPID: with process IDs of its own, it is number 1
    // CLONE_NEWNS: with mounts of its own
    // CLONE_NEWIPC: with message queues and shared memory of its own
    // CLONE_NEWNET: with network devices, addresses, routes and ports of its own
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET,
    // By default, new mounts are shared with the host. Use unshareflags to not share them
    unshareflags: CLONE_NEWNS,
  });
  plugIn(container, cable);
  terminal.connect();
  // An init waits for the command itself, and has to end after it
  process.exitCode = await wait(container, withInit ? 5 : 2);
  await terminal.drain();
  reportOutOfMemory(name, options["--memory"]);
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET);
  // When run() dies, even by SIGKILL, the container ends. The command keeps this when it takes our place
  dieWithParent("SIGKILL");
  const terminal = takeTerminal();
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  const { "--directory": directory = "", "--image": image } = options;
  configNetwork(directory);
  // What the host calls its cgroups is not for the container: in there, each of them is "/"
  const controllers = limits.map(({ controller }) => controller);
  const procs = [3, 5, 6].slice(0, new Set(controllers.map(cgroupRoot)).size);
  unshareCgroup(controllers, procs);
  mountOverlay(directory, image, "--read-only" in options ? MS_RDONLY : 0);
  mountDevices(terminal);
  // Change the root of the mount namespace. The old root is now on top of the new one, at the same place
  pivotRoot(".", ".");
  // Mount /proc inside the container, so that ps works: it shows the PID namespace of who mounts it.
  // In a user namespace, the kernel allows that only as long as another one is in sight: the host's
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
  // Take the old root away: nothing in this namespace leads to a file of the host any more
  umount(".", MNT_DETACH);
  process.chdir("/");
  hideKernel();

  const join = joinAll(procs, keepEnvironment(command));
  if (withInit) await init(join, procs);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, procs);
}

/** Returns a command that joins all cgroups, and then becomes another. */
function joinAll(procs: number[], command: string[]): string[] {
  // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
  // the files, then becomes the command
  const join = procs.map((fd) => `echo 0 >&${fd} && `).join("");
  const close = procs.map((fd) => ` ${fd}>&-`).join("");
  return ["sh", "-c", `${join}exec "$@"${close}`, "sh", ...command];
}

/** Stays process 1, as since stage 6. What it starts joins more than one cgroup now. */
async function init([, ...args]: string[], procs: number[]) {
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
function readLimits(options: Record<string, string>): Limit[] {
  return Object.entries(LIMITS).flatMap(([option, { controller, settings, ...range }]) => {
    const text = options[option];
    if (text === undefined) return [];
    return [{ controller, settings: settings(readNumber(option, text, range)) }];
  });
}

/** Makes the cgroups of a container, with their limits: one with cgroup v2, one for each limit with v1. */
function configCgroups(name: string, limits: Limit[]): string[] {
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
function reportOutOfMemory(name: string, memory?: string) {
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
