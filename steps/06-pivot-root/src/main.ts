// docker run <image> <command> [args…]
// pnpm --filter 06-pivot-root start [--init] <command> [args…]
import { closeSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  dieWithParent,
  execve,
  keepEnvironment,
  MNT_DETACH,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_REC,
  mount,
  oneLineErrors,
  pivotRoot,
  reapOrphans,
  removeCgroupAtEnd,
  requireNewNamespaces,
  sethostname,
  spawn,
  umount,
  wait,
} from "shared-native";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../../ubuntu-fs");

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const withInit = words[0] === "--init";
const command = withInit ? words.slice(1) : words;
if (!command[0]) {
  console.error("usage: pnpm --filter 06-pivot-root start [--init] <command> [args…]");
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
  const procs = configCgroups(name);

  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const args = [...process.execArgv, import.meta.filename, "child", ...words];
  const container = spawn("/proc/self/exe", args, {
    // In its new root the child does not find the cgroup any more: it gets the file as descriptor 3
    stdio: ["inherit", "inherit", "inherit", procs],
    // CLONE_NEWUTS: create the process in a new namespace, with a hostname of its own
    // CLONE_NEWPID: with process IDs of its own, it is number 1
    // CLONE_NEWNS: with mounts of its own
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
    // By default, new mounts are shared with the host. Use unshareflags to not share them
    unshareflags: CLONE_NEWNS,
  });
  // An init waits for the command itself, and has to end after it
  process.exitCode = await wait(container, withInit ? 5 : 2);
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS);
  // When run() dies, even by SIGKILL, the container ends. The command keeps this when it takes our place
  dieWithParent("SIGKILL");
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  // A root has to be a mount: make one of the directory
  mount(UBUNTU_FS, UBUNTU_FS, null, MS_BIND | MS_REC);
  process.chdir(UBUNTU_FS);
  // Change the root of the mount namespace. The old root is now on top of the new one, at the same place
  pivotRoot(".", ".");
  // Mount /proc inside the container, so that ps works: it shows the PID namespace of who mounts it.
  // In a user namespace, the kernel allows that only as long as another one is in sight: the host's
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
  // Take the old root away: nothing in this namespace leads to a file of the host any more
  umount(".", MNT_DETACH);
  process.chdir("/");

  // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
  // the file, then becomes the command
  const join = ["sh", "-c", 'echo 0 >&3 && exec "$@" 3>&-', "sh", ...keepEnvironment(command)];
  if (withInit) await init(join);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, [3]);
}

/** Stays process 1, and does what the others expect of it: takes in orphans, and passes signals on. */
async function init([, ...args]: string[]) {
  const shell = spawn("/bin/sh", args, { stdio: ["inherit", "inherit", "inherit", 3] });
  closeSync(3);
  // A process that has ended stays as a zombie until its parent has asked for its status: now that is us
  process.on("SIGCHLD", () => reapOrphans(shell));
  // wait() passes on what asks a process to end. These two mean whatever the command wants
  for (const signal of ["SIGUSR1", "SIGUSR2"] as const)
    process.on(signal, () => shell.kill(signal));
  process.exitCode = await wait(shell);
}

/** Makes a cgroup with a limit, and opens the file by which a process joins it. */
function configCgroups(name: string): number {
  const cgroup = path.join(cgroupRoot("pids"), name);
  // A cgroup outlives its processes: whatever becomes of run(), it is removed
  removeCgroupAtEnd(cgroup);
  // A new directory in the cgroup file system is a new cgroup: the kernel fills it with files
  mkdirSync(cgroup);
  // At most 10 tasks, processes and threads: then fork fails with EAGAIN
  writeFileSync(path.join(cgroup, "pids.max"), "10");
  return openSync(cgroupProcs(cgroup), "w");
}
