// docker run <image> <command> [args…]
// pnpm --filter 05-cgroups start <command> [args…]
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  chroot,
  dieWithParent,
  keepEnvironment,
  MNT_DETACH,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  mount,
  oneLineErrors,
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
const [mode, ...command] = process.argv.slice(2);
if (!command[0]) {
  console.error("usage: pnpm --filter 05-cgroups start <command> [args…]");
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
  const args = [...process.execArgv, import.meta.filename, "child", ...command];
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
  // Longer than child() waits for the command: it must not die before child() has cleaned up
  process.exitCode = await wait(container, 5);
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS);
  // When run() dies, even by SIGKILL, the container ends
  dieWithParent();
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  // Change the root of the container
  chroot(UBUNTU_FS);
  // Change directory to the root: chroot leaves us outside of it
  process.chdir("/");
  // Mount /proc inside the container, so that ps works: it shows the PID namespace of who mounts it
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);

  try {
    // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
    // the file, then becomes the command
    const join = 'echo 0 >&3 && exec "$@" 3>&-';
    const shell = spawn("/bin/sh", ["-c", join, "sh", ...keepEnvironment(command)], {
      stdio: ["inherit", "inherit", "inherit", 3],
    });
    closeSync(3);
    process.exitCode = await wait(shell);
  } finally {
    // Unmount /proc when the process finishes, unless that was done inside. MNT_DETACH: now, even if
    // a process that was left behind stands in it
    if (existsSync("/proc/self")) umount("/proc", MNT_DETACH);
  }
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
