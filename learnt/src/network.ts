import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import path from "node:path";
import { runProgram, withLock } from "shared-native";

/** The switch on the host, its address, and the network of all that is plugged into it. */
const BRIDGE = "workshop0";
const GATEWAY = "10.200.0.1";
const NETWORK = "10.200.0.0/24";

/** The addresses for containers. */
const ADDRESSES = Array.from({ length: 253 }, (_, index) => `10.200.0.${index + 2}`);

/** The host's resolvers. systemd's own is on 127.0.0.53, which means another one here: it knows the others. */
const RESOLVERS = ["/run/systemd/resolve/resolv.conf", "/etc/resolv.conf"];

/** Pulls out the cable $1, and takes its rules away. The switch goes with its last cable. */
export const DISCONNECT = `
  exec 9</proc/self/ns/net && flock 9
  ip link delete "$1"
  nft delete table ip "$1"
  if ip link show ${BRIDGE} && [ -z "$(ip link show master ${BRIDGE})" ]; then
    sysctl --write $(ip link show ${BRIDGE} | sed -n 's/,/ /; s/.*alias //p')
    ip link delete ${BRIDGE}
  fi`;

/** Tells whether it is two ports, as in "8080:80": one of the host, and one of the container. */
export function isPublishable(port: string): boolean {
  return /^\d+:\d+$/.test(port) && port.split(":").every((each) => +each > 0 && +each < 65536);
}

/** Takes a port of the host, so that nobody else does: who connects gets to the container, by a rule. */
export async function reserve(port: number) {
  const server = createServer().listen(port, "0.0.0.0").unref();
  await once(server, "listening");
}

/** Puts a cable between the container and the switch, and tells child() its address. */
export function plugIn(container: ChildProcess, cable: string, ports: string[]) {
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
export function configNetwork(directory: string) {
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
