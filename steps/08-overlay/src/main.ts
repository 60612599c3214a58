// docker run <image> <command> [args…]
// pnpm --filter 08-overlay start [--init] [--read-only] [--image=<name>] <command> [args…]
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { configCgroups } from "learnt/cgroup";
import { hideKernel, mountDevices } from "learnt/devices";
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
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  mount,
  oneLineErrors,
  openTerminal,
  pivotRoot,
  removeTreeAtEnd,
  requireNewNamespaces,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  wait,
} from "shared-native";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../../ubuntu-fs");

/** Images of several layers, beside it: `pnpm rootfs --layers` makes them. */
const IMAGES = path.join(import.meta.dirname, "../../../images");

/** The folder for what containers write, as long as they run. */
const CONTAINERS = "/var/tmp";

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = {};
while (/^--(init|read-only|(image|directory)=.+)$/.test(command[0] ?? "")) {
  const [option = "", value = ""] = command.shift()?.split("=") ?? [];
  options[option] = value;
}
const withInit = "--init" in options;
if (!command[0] || command[0].startsWith("--")) {
  console.error(
    "usage: pnpm --filter 08-overlay start [--init] [--read-only] [--image=<name>] <command> [args…]",
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
  const procs = configCgroups(name);
  const directory = makeDirectory(name);

  // Without a terminal of its own, the container could type into ours
  const terminal = openTerminal();
  // Run this same program again, as `child`: /proc/self/exe is node, execArgv its options for TypeScript
  const own = [`--directory=${directory}`, ...words];
  const args = [...process.execArgv, import.meta.filename, "child", ...own];
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
  const { "--directory": directory = "", "--image": image } = options;
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

  // Node's threads would count as tasks, so only the command joins: a shell writes itself ("0") to
  // the file, then becomes the command
  const join = ["sh", "-c", 'echo 0 >&3 && exec "$@" 3>&-', "sh", ...keepEnvironment(command)];
  if (withInit) await init(join);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", join, [3]);
}

/** Makes two empty directories: in the one is what the container writes, and the kernel works in the other. */
function makeDirectory(name: string): string {
  const directory = path.join(CONTAINERS, name);
  // Whatever becomes of run(), it is removed
  removeTreeAtEnd(directory);
  // For root only: the container may make programs that give root's rights to whoever starts them
  mkdirSync(directory, { mode: 0o700 });
  for (const each of ["upper", "work"]) mkdirSync(path.join(directory, each));
  // It becomes the container's /, which is for all users, whatever our umask is
  chmodSync(path.join(directory, "upper"), 0o755);
  return directory;
}

/** Lays an empty directory over an image, which stays as it is: all changes go there. */
function mountOverlay(directory: string, name: string | undefined, flags: number) {
  const image = name ? path.resolve(IMAGES, name) : UBUNTU_FS;
  // The topmost layer comes first
  const layers = name ? readdirSync(image).sort().reverse() : ["."];
  // With relative paths, as ":" and "," have a meaning in the options
  process.chdir(image);
  const data = `lowerdir=${layers.join(":")},upperdir=${directory}/upper,workdir=${directory}/work`;
  // It is a mount, as a root has to be. It covers the image itself, but in this mount namespace only
  mount("overlay", image, "overlay", flags, data);
  process.chdir(image);
}
