// docker run <image> <command> [args…]
// pnpm --filter 12-rootless start [--init] [--publish=<port>:<port>,…] <command> [args…]
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import type { Socket } from "node:net";
import { userInfo } from "node:os";
import path from "node:path";
import { hideKernel, mountDevices } from "learnt/devices";
import { init, joinAll } from "learnt/limits";
import { isPublishable } from "learnt/network";
import { dropPrivileges } from "learnt/privileges";
import {
  availableCgroup,
  CLONE_NEWPID,
  cgroupProcs,
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
  removeCgroupAtEnd,
  requireNewNamespaces,
  requireUserNamespaces,
  runAtEnd,
  runProgram,
  sethostname,
  signalChildOf,
  spawn,
  takeTerminal,
  umount,
  wait,
} from "shared-native";

/** As ubuntu-fs, but the files are ours: those of the host's root would be nobody's in the container. */
const ROOTLESS_FS = path.join(import.meta.dirname, "../../../rootless-fs");

/** Images of several layers, beside it: `pnpm rootfs --layers` makes them. */
const IMAGES = path.join(import.meta.dirname, "../../../images");

/** The host's resolvers. systemd's own is on 127.0.0.53, which means another one here: it knows the others. */
const RESOLVERS = ["/run/systemd/resolve/resolv.conf", "/etc/resolv.conf"];

/** All are made together with the user namespace, and so belong to it. */
const NAMESPACES = ["--uts", "--pid", "--mount", "--propagation=private", "--ipc", "--net"];

/** With cgroup v2, systemd gives one to a user who asks. */
const ADVICE = existsSync("/sys/fs/cgroup/cgroup.controllers")
  ? ': type "systemd-run --user --scope --property=Delegate=yes" before the command'
  : "";

/** Starts process 1, which is not for who has made the PID namespace, ends with its status, and says nothing. */
const WAIT = 'exec 5>&2 2>/dev/null; (exec "$@" 2>&5 5>&-); exit $?';

/** Ends the network of the container with the directory $1, and removes that, as root of its users. */
const CLEAN_UP = `
  directory=$1; shift
  for try in $(seq 30); do
    kill "$(cat "$directory/network.pid")"
    unshare "$@" rm -rf --one-file-system "$directory"
    [ -d "$directory" ] || exit
    sleep 0.1
  done`;

/** Starts slirp4netns(1) for the process $1, and waits until there is a device. $2 is the container's directory. */
const SLIRP = `
  mkfifo "$2/ready" || exit
  slirp4netns --configure --disable-host-loopback --ready-fd=3 "$1" eth0 3>"$2/ready" >/dev/null 2>&1 &
  echo $! >"$2/network.pid"
  [ "$(head -c 1 "$2/ready")" = 1 ] || { rm "$2/network.pid"; exit 1; }`;

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = {};
const OPTION = /^--(init|read-only|(image|directory|publish)=.+)$/;
while (OPTION.test(command[0] ?? "")) {
  const [option = "", value = ""] = command.shift()?.split("=") ?? [];
  options[option] = value;
}
const withInit = "--init" in options;
const ports = options["--publish"]?.split(",") ?? [];
if (!command[0] || command[0].startsWith("--") || !ports.every(isPublishable)) {
  console.error(
    "usage: pnpm --filter 12-rootless start [--init] [--publish=<port>:<port>,…] <command> [args…]",
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
  requireUserNamespaces();
  const users = mapUsers();
  const name = `container-${Math.random().toString(36).slice(2, 8)}`;
  const procs = configCgroups(name);
  const directory = makeDirectory(name, users);
  const terminal = openTerminal();
  // Run this same program again, as `child`: execPath is node, execArgv its options for TypeScript
  const own = [`--directory=${directory}`, ...words];
  const again = [process.execPath, ...process.execArgv, import.meta.filename, "child", ...own];
  // A shell is in between, which sets and drops variables
  const session = ["/usr/bin/setsid", ...keepEnvironment(again)];
  // Node has several threads, and so cannot enter a user namespace. unshare(1) has one, and becomes a shell
  // there. When run() dies, even by SIGKILL, that does, and the container with it
  const shell = ["/usr/bin/unshare", ...users, ...NAMESPACES, "/bin/sh", "-c", WAIT, "sh"];
  const container = spawn("/usr/bin/setpriv", ["--pdeathsig", "KILL", ...shell, ...session], {
    stdio: [...terminal.stdio, procs, "pipe"],
    // In a new session: a terminal that we have is not for it
    detached: true,
  });
  // The shell waits for process 1 of the container, and passes no signal on
  container.kill = (signal = "SIGTERM") => signalChildOf(container.pid, signal);
  const socket = container.stdio[4] as Socket | undefined; // there is none if it could not be started
  socket?.on("error", () => {}); // a child() that has ended says why itself
  // When it is in its namespaces, child() says so, and waits for the network
  socket?.once("data", () => socket.end(configNetwork(container.pid, directory)));
  terminal.connect();
  // An init waits for the command itself, and has to end after it
  process.exitCode = await wait(container, withInit ? 5 : 2);
  await terminal.drain();
}

async function child() {
  // By hand, without run(), what follows would change the host itself. The shell is in the other namespaces
  requireNewNamespaces(CLONE_NEWPID);
  // When run() dies, even by SIGKILL, so does that shell, and the container ends. The command keeps this
  // when it takes our place
  dieWithParent("SIGKILL", "/bin/sh");
  const terminal = takeTerminal();
  console.error(`Running child process [${command.join(" ")}] as ${process.pid}`);

  sethostname("container");
  const { "--directory": directory = "", "--image": image } = options;
  waitForNetwork(directory);
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

  // From here on, this thread and what it starts may do little more than any user
  dropPrivileges();
  const shell = joinAll([3], keepEnvironment(command));
  if (withInit) await init(shell, [3]);
  // Become that shell, and so the command: this program is gone, and process 1 is the command
  else execve("/bin/sh", shell, [3]);
}

/** Makes a cgroup with a limit, as since stage 5, where that is ours to do. Opens the file by which one joins. */
function configCgroups(name: string): number {
  // Only root may make it in the root of all. Others have to be in a cgroup that was given to them
  const root = availableCgroup("pids");
  if (root === undefined) {
    console.error(`the container has no limits: cgroups belong to the host's root${ADVICE}`);
    return openSync("/dev/null", "w"); // whoever joins that, stays where it is
  }
  const cgroup = path.join(root, name);
  removeCgroupAtEnd(cgroup);
  mkdirSync(cgroup);
  writeFileSync(path.join(cgroup, "pids.max"), "10");
  return openSync(cgroupProcs(cgroup), "w");
}

/** Says who is who: root in there is whoever starts it, and others are those that /etc/subuid has for him. */
function mapUsers(): string[] {
  const lines = existsSync("/etc/subuid") ? readFileSync("/etc/subuid", "utf8").split("\n") : [];
  const owners = lines.map((line) => line.split(":")[0] ?? "");
  const hasRange = [nameOfUser(), `${process.getuid?.()}`].some((each) => owners.includes(each));
  // Only a program of root's may write a map of others' numbers
  const mayMap = existsSync("/usr/bin/newuidmap");
  if (hasRange && !mayMap)
    console.error('the container has no users but root: type "apt-get install uidmap"');
  return hasRange && mayMap ? ["--map-root-user", "--map-auto"] : ["--map-root-user"];
}

function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "a user without a name"; // a number is enough for the kernel
  }
}

/** Makes two empty directories: in the one is what the container writes, and the kernel works in the other. */
function makeDirectory(name: string, users: string[]): string {
  const directory = `/var/tmp/${name}`;
  // Whatever becomes of run(), it is removed
  runAtEnd(CLEAN_UP, directory, ...users);
  mkdirSync(directory, { mode: 0o711 });
  for (const each of ["upper", "work"]) mkdirSync(path.join(directory, each));
  // It becomes the container's /, which is for all users, whatever our umask is
  chmodSync(path.join(directory, "upper"), 0o755);
  return directory;
}

/** Has a program carry what the container sends to ordinary sockets outside, and back. Says what there is. */
function configNetwork(pid: number | undefined, directory: string): string {
  const inward = ports.length > 0 ? ports.join(",") : "none";
  const forward = ["--tcp-ports", inward, "--udp-ports", "none"];
  const pasta = ["--config-net", "--quiet", "--pid", `${directory}/network.pid`, ...forward];
  try {
    runProgram("pasta", [...pasta, `${pid}`]);
    return "pasta";
  } catch (error) {
    if (ports.length === 0 && startSlirp(pid, directory)) return "slirp4netns";
    console.error(`the container has only its loopback device: ${(error as Error).message}`);
    return "loopback";
  }
}

/** Tries the older of the two programs, which publishes no ports so easily. */
function startSlirp(pid: number | undefined, directory: string): boolean {
  try {
    runProgram("/bin/sh", ["-c", SLIRP, "sh", `${pid}`, directory]);
    return true;
  } catch {
    return false; // pasta's reason is the one to tell
  }
}

/** Tells run() that the namespaces are there, waits for the network, and gives the container its names. */
function waitForNetwork(directory: string) {
  writeFileSync(4, "ready");
  if (readFileSync(4, "utf8") === "") throw new Error("child: run() has ended");
  runProgram("ip", ["link", "set", "lo", "up"]);
  const files = {
    hostname: "container\n",
    hosts: "127.0.0.1 localhost container\n",
    "resolv.conf": readFileSync(RESOLVERS.find((each) => existsSync(each)) ?? "/dev/null"),
  };
  // What is in upper lies on top of the image
  const etc = path.join(directory, "upper/etc");
  const umask = process.umask(0o022); // they are for all users
  mkdirSync(etc);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(etc, name), text);
  process.umask(umask);
}

/** Lays an empty directory over an image, which stays as it is: all changes go there. */
function mountOverlay(directory: string, name: string | undefined, flags: number) {
  const image = name ? path.resolve(IMAGES, name) : ROOTLESS_FS;
  // The topmost layer comes first
  const layers = name ? readdirSync(image).sort().reverse() : ["."];
  // With relative paths, as ":" and "," have a meaning in the options
  process.chdir(image);
  const own = `upperdir=${directory}/upper,workdir=${directory}/work`;
  // Whoever is not root on the host may keep notes about files only as a user does: userxattr
  const data = `lowerdir=${layers.join(":")},${own},userxattr`;
  mount("overlay", image, "overlay", flags, data);
  process.chdir(image);
}
