// docker run <image> <command> [args…]
// pnpm --filter 07-devices start [--init] <command> [args…]
import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { configCgroups } from "learnt/cgroup";
import { init } from "learnt/init";
import {
  CLONE_NEWIPC,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  dieWithParent,
  execve,
  keepEnvironment,
  MNT_DETACH,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  mount,
  oneLineErrors,
  openTerminal,
  pivotRoot,
  requireNewNamespaces,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  wait,
} from "shared-native";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../../ubuntu-fs");

/** The links that bash needs for `<(command)`, and others for 2>/dev/stderr. */
const LINKS = {
  fd: "/proc/self/fd",
  stdin: "/proc/self/fd/0",
  stdout: "/proc/self/fd/1",
  stderr: "/proc/self/fd/2",
};

/** Files and folders that tell of the host: runc's list. */
const MASKED = [
  ...["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats"],
  ...["/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi"],
  ...["/sys/firmware", "/sys/devices/virtual/tpm"],
];

/** Those that change the host for all: runc's list, too. */
const READ_ONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const withInit = words[0] === "--init";
const command = withInit ? words.slice(1) : words;
if (!command[0]) {
  console.error("usage: pnpm --filter 07-devices start [--init] <command> [args…]");
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

  // Without a terminal of its own, the container could type into ours
  const terminal = openTerminal();
  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const args = [...process.execArgv, import.meta.filename, "child", ...words];
  const container = spawn("/proc/self/exe", args, {
    // In its new root the child does not find the cgroup any more: it gets the file as descriptor 3
    stdio: [...terminal.stdio, procs],
    // In a new session: a terminal that we have is not for it
    detached: true,
    // CLONE_NEWUTS: create the process in a new namespace, with a hostname of its own
    // CLONE_NEWPID: with process IDs of its own, it is number 1
    // CLONE_NEWNS: with mounts of its own
    // CLONE_NEWIPC: with message queues and shared memory of its own
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC,
    // By default, new mounts are shared with the host. Use unshareflags to not share them
    unshareflags: CLONE_NEWNS,
  });
  terminal.connect();
  // An init waits for the command itself, and has to end after it
  process.exitCode = await wait(container, withInit ? 5 : 2);
  await terminal.drain();
}

async function child() {
  // By hand, without run(), what follows would change the host itself
  requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC);
  // When run() dies, even by SIGKILL, the container ends. The command keeps this when it takes our place
  dieWithParent("SIGKILL");
  const terminal = takeTerminal();
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  // A root has to be a mount: make one of the directory
  mount(UBUNTU_FS, UBUNTU_FS, null, MS_BIND | MS_REC);
  process.chdir(UBUNTU_FS);
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

  // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
  // the file, then becomes the command
  const join = ["sh", "-c", 'echo 0 >&3 && exec "$@" 3>&-', "sh", ...keepEnvironment(command)];
  if (withInit) await init(join);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, [3]);
}

/** Mounts /dev with what programs expect of it, and /sys, while the host's are still in sight. */
function mountDevices(terminal?: string) {
  mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755,size=65536k");
  for (const name of ["null", "zero", "full", "random", "urandom", "tty"])
    bind(`/dev/${name}`, name);
  // Terminals of its own, with numbers from 0. ptmx is where a program gets a new one
  mkdirSync("dev/pts");
  const options = "newinstance,ptmxmode=0666,mode=0620";
  mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options);
  symlinkSync("pts/ptmx", "dev/ptmx");
  if (terminal !== undefined) bind(terminal, "console");
  mkdirSync("dev/shm");
  mount("shm", "dev/shm", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=1777,size=65536k");
  mkdirSync("dev/mqueue");
  mount("mqueue", "dev/mqueue", "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC);
  for (const [link, target] of Object.entries(LINKS)) symlinkSync(target, `dev/${link}`);
  mount("sysfs", "sys", "sysfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC);
}

/** Shows a device of the host as a file in dev: making one takes more than a user namespace allows. */
function bind(device: string, name: string) {
  writeFileSync(`dev/${name}`, "");
  mount(device, `dev/${name}`, null, MS_BIND);
}

/** Takes away what in /proc and /sys is about the host's kernel, as runc does. */
function hideKernel() {
  for (const path of MASKED.filter((each) => existsSync(each))) {
    if (statSync(path).isDirectory()) mount("tmpfs", path, "tmpfs", MS_RDONLY);
    else mount("/dev/null", path, null, MS_BIND);
  }
  for (const path of READ_ONLY.filter((each) => existsSync(each))) {
    // A mount point gets flags of its own only in a second step
    mount(path, path, null, MS_BIND | MS_REC);
    const flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    mount(path, path, null, MS_BIND | MS_REMOUNT | flags);
  }
}
