// docker run <image> <command> [args…]
// pnpm --filter 10-limits start [--init] [--memory=50M] [--cpus=0.5] [--pids=10] <command> [args…]
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { hideKernel, mountDevices } from "learnt/devices";
import { configNetwork, DISCONNECT, isPublishable, plugIn, reserve } from "learnt/network";
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

/** A limit: its controller, the numbers that it takes, and what is written to which files of a cgroup. */
interface Limit {
  controller: string;
  range: { least: string; most: string; example: string };
  settings: (number: number) => Settings;
}
type Settings = Record<string, number | string>;

/** Each limit has an option. Some files have another name in cgroup v1: those that are there are meant. */
const LIMITS: Record<string, Limit> = {
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

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = { "--pids": "10" };
const OPTION = /^--(init|read-only|(image|directory|publish)=.+|(memory|cpus|pids)(=.*)?)$/;
while (OPTION.test(command[0] ?? "")) {
  const [option = "", value] = command.shift()?.split("=") ?? [];
  // "--memory 50M" says the same as "--memory=50M"
  const isNext = value === undefined && option in LIMITS;
  options[option] = (isNext ? command.shift() : value) ?? "";
}
const limits = readLimits(options);
const withInit = "--init" in options;
const ports = options["--publish"]?.split(",") ?? [];
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
  const [procs, ...more] = configCgroups(name, limits);
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
    // In its new root the child does not find the cgroups any more: it gets the files as descriptors 3, 5, 6
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
  plugIn(container, cable, ports);
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
  const controllers = Object.keys(limits);
  const procs = [3, 5, 6].slice(0, controllers.length);
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
  return ["sh", "-c", `${join}exec "$@" 3>&- 4>&- 5>&- 6>&-`, "sh", ...command];
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

/** Reads the limits that were asked for, or says what to type. Returns the settings of each controller. */
function readLimits(options: Record<string, string>): Record<string, Settings> {
  const limits: Record<string, Settings> = {};
  for (const [option, { controller, range, settings }] of Object.entries(LIMITS)) {
    const text = options[option];
    if (text !== undefined) limits[controller] = settings(readNumber(option, text, range));
  }
  return limits;
}

/** Makes the cgroups of a container, with their limits. Opens the files by which a process joins them. */
function configCgroups(name: string, limits: Record<string, Settings>): number[] {
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
function reportOutOfMemory(name: string, memory?: string) {
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
