// The command joins, and unshare(1) makes the namespace from there: nobody has to go back.
import { hideKernel, mountDevices } from "learnt/devices";
import { configCgroups, init, joinAll, LIMITS, readLimits, reportOutOfMemory } from "learnt/limits";
import { configNetwork, DISCONNECT, isPublishable, plugIn, reserve } from "learnt/network";
import { makeDirectory, mountOverlay } from "learnt/overlay";
import {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
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
  requireNewNamespaces,
  runAtEnd,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  wait,
} from "shared-native";

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
  const controllers = Object.keys(limits);
  const procs = [3, 5, 6].slice(0, controllers.length);
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

  const inside = ["unshare", "--cgroup", ...keepEnvironment(command)];
  const join = joinAll(procs, inside);
  if (withInit) await init(join, procs);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, procs);
}
