// docker run <image> <command> [args…]
// pnpm --filter 09-network start [--init] [--read-only] [--image=<name>] [--publish=<port>:<port>,…] <command> [args…]
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import path from "node:path";
import { configCgroups } from "learnt/cgroup";
import { hideKernel, mountDevices } from "learnt/devices";
import { init } from "learnt/init";
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
  runProgram,
  sethostname,
  spawn,
  takeTerminal,
  umount,
  wait,
  withLock,
} from "shared-native";

/** The switch on the host, its address, and the network of all that is plugged into it. */
const BRIDGE = "workshop0";
const GATEWAY = "10.200.0.1";
const NETWORK = "10.200.0.0/24";

/** The addresses for containers. */
const ADDRESSES = Array.from({ length: 253 }, (_, index) => `10.200.0.${index + 2}`);

/** The host's resolvers. systemd's own is on 127.0.0.53, which means another one here: it knows the others. */
const RESOLVERS = ["/run/systemd/resolve/resolv.conf", "/etc/resolv.conf"];

/** Pulls out the cable $1, and takes its rules away. The switch goes with its last cable. */
const DISCONNECT = `
  exec 9</proc/self/ns/net && flock 9
  ip link delete "$1"
  nft delete table ip "$1"
  if ip link show ${BRIDGE} && [ -z "$(ip link show master ${BRIDGE})" ]; then
    sysctl --write $(ip link show ${BRIDGE} | sed -n 's/,/ /; s/.*alias //p')
    ip link delete ${BRIDGE}
  fi`;

oneLineErrors();
const [mode, ...words] = process.argv.slice(2);
const command = [...words];
const options: Record<string, string> = {};
while (/^--(init|read-only|(image|directory|publish)=.+)$/.test(command[0] ?? "")) {
  const [option = "", value = ""] = command.shift()?.split("=") ?? [];
  options[option] = value;
}
const withInit = "--init" in options;
const ports = options["--publish"]?.split(",") ?? [];
if (!command[0] || command[0].startsWith("--") || !ports.every(isPublishable)) {
  console.error(
    "usage: pnpm --filter 09-network start [--init] [--read-only] [--image=<name>] [--publish=<port>:<port>,…] <command> [args…]",
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
  const procs = configCgroups(name);
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
    // In its new root the child does not find the cgroup any more: it gets the file as descriptor 3
    stdio: [...terminal.stdio, procs, "pipe"],
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

/** Tells whether it is two ports, as in "8080:80": one of the host, and one of the container. */
function isPublishable(port: string): boolean {
  return /^\d+:\d+$/.test(port) && port.split(":").every((each) => +each > 0 && +each < 65536);
}

/** Takes a port of the host, so that nobody else does: who connects gets to the container, by a rule. */
async function reserve(port: number) {
  const server = createServer().listen(port, "0.0.0.0").unref();
  await once(server, "listening");
}

/** Puts a cable between the container and the switch, and tells child() its address. */
function plugIn(container: ChildProcess, cable: string, ports: string[]) {
  try {
    // Two at once would make the same switch, and take the same address
    const address = withLock("/proc/self/ns/net", () => connect(container.pid, cable, ports));
    (container.stdio[4] as Socket).on("error", () => {}).end(address);
  } catch (error) {
    // A child() that has ended says why itself
    if (!existsSync(`/proc/${container.pid}/ns/net`)) return;
    container.kill("SIGKILL");
    throw error;
  }
}

/** Makes the cable, the rules and, for the first container, the switch. Returns a free address. */
function connect(pid: number | undefined, cable: string, ports: string[]): string {
  const links = ip("link show");
  if (!links.includes(`: ${BRIDGE}: `)) makeSwitch();
  // On each plug is written which address is at the other end
  const address = ADDRESSES.find((each) => !links.includes(`alias ${each}\n`));
  if (!address) throw new Error("all addresses for containers are in use: end one of them");
  ip(`link add ${cable} type veth peer name eth0 netns ${pid}`);
  ip(`link set ${cable} master ${BRIDGE} alias ${address} up`);
  runProgram("nft", ["--file", "-"], rulesFor(cable, address, ports));
  return address;
}

/** Makes the switch, and has the host pass on what comes from there. */
function makeSwitch() {
  // With a MAC address of its own: or it has that of a cable, and another one when that is pulled out
  ip(`link add ${BRIDGE} address 02:00:0a:c8:00:01 type bridge`);
  // How the kernel was set before, for whoever takes the switch away: the first also changes the second
  const before = ["ip_forward", "conf/all/accept_redirects"].map(
    (name) => `net/ipv4/${name}=${readFileSync(`/proc/sys/net/ipv4/${name}`, "utf8").trim()}`,
  );
  ip(`link set ${BRIDGE} alias ${before.join(",")}`);
  ip(`address add ${GATEWAY}/24 dev ${BRIDGE}`);
  ip(`link set ${BRIDGE} up`);
  writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");
  // Lets 127.0.0.1 of the host send through a published port
  writeFileSync(`/proc/sys/net/ipv4/conf/${BRIDGE}/route_localnet`, "1");
}

/** Writes the rules for what goes out of the container, and in through the published ports. */
function rulesFor(cable: string, address: string, ports: string[]): string {
  const published = ports.map((port) => {
    const [outside, inside] = port.split(":");
    return `fib daddr type local tcp dport ${outside} dnat to ${address}:${inside}`;
  });
  return `table ip ${cable} {
    chain out {
      type nat hook postrouting priority srcnat
      # Out to the world with the host's address: the world has no way to this one
      ip saddr ${address} oifname != ${BRIDGE} masquerade
      # From the host itself, or a container, through a published port: or the answer takes another way
      ip daddr ${address} ct status dnat ip saddr { 127.0.0.1, ${NETWORK} } masquerade
    }
    chain in {
      type nat hook prerouting priority dstnat
      ${published.join("\n")}
    }
    chain local {
      type nat hook output priority -100
      ${published.join("\n")}
    }
  }`;
}

/** Waits for the cable, gives its end in the container an address, and the container its names. */
function configNetwork(directory: string) {
  const address = readFileSync(4, "utf8");
  if (address === "") throw new Error("child: run() has ended");
  ip("link set lo up");
  ip(`address add ${address}/24 dev eth0`);
  ip("link set eth0 up");
  ip(`route add default via ${GATEWAY}`);
  const files = {
    hostname: "container\n",
    hosts: `127.0.0.1 localhost\n${address} container\n`,
    "resolv.conf": readFileSync(RESOLVERS.find((each) => existsSync(each)) ?? "/dev/null"),
  };
  // What is in upper lies on top of the image
  const etc = path.join(directory, "upper/etc");
  const umask = process.umask(0o022); // they are for all users
  mkdirSync(etc);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(etc, name), text);
  process.umask(umask);
}

/** Runs ip(8), which says in a line what is a page of netlink(7). */
function ip(line: string): string {
  return runProgram("ip", line.split(" "));
}
