// docker run <image> <command> [args…]
// pnpm --filter 04-unshare-proc start <command> [args…]
import { existsSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  chroot,
  dieWithParent,
  MNT_DETACH,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  mount,
  oneLineErrors,
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
  console.error("usage: pnpm --filter 04-unshare-proc start <command> [args…]");
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

  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const args = [...process.execArgv, import.meta.filename, "child", ...command];
  const container = spawn("/proc/self/exe", args, {
    stdio: "inherit",
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
  const [file = "", ...args] = command;

  sethostname("container");
  // Change the root of the container
  chroot(UBUNTU_FS);
  // Change directory to the root: chroot leaves us outside of it
  process.chdir("/");
  // Mount /proc inside the container, so that ps works: it shows the PID namespace of who mounts it
  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);

  try {
    const shell = spawn(file, args, { stdio: "inherit" });
    process.exitCode = await wait(shell);
  } finally {
    // Unmount /proc when the process finishes, unless that was done inside. MNT_DETACH: now, even if
    // a process that was left behind stands in it
    if (existsSync("/proc/self")) umount("/proc", MNT_DETACH);
  }
}
