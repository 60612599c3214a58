import type { HintsByFact } from "./hints.ts";

export const networkHints: HintsByFact = {
  "new-net-namespace": {
    idea: "Devices, addresses, routes, rules and ports belong to a network namespace. A new one has a loopback device, which is down, and nothing else.",
    direction: "One flag more in cloneflags, and in what child() requires: CLONE_NEWNET.",
    code: ["cloneflags:", "requireNewNamespaces("],
  },
  cable: {
    idea: "A veth pair is a cable: what goes in at one end comes out at the other. One end is made in the container, and the other is plugged into a bridge of the host, which is a switch. run() has to do that, as only it sees both sides, and child() has to wait for it.",
    direction:
      'Add "pipe" to stdio, as descriptor 4. In run(), after spawn, with runProgram: ip link add … type veth peer name eth0 netns <pid>, ip link set … master workshop0 up; then write the address into container.stdio[4], and end it. In child(), readFileSync(4) waits for that; then set lo up, add the address to eth0, set it up, and add a default route.',
    code: [
      "stdio: [...terminal",
      "plugIn(container",
      "function plugIn",
      "function connect",
      'const { "--directory": directory',
      "configNetwork(directory)",
      "function configNetwork",
      "function ip",
    ],
  },
  "containers-meet": {
    idea: "A switch is there once, for all containers, and each needs an address that no other has. Two that start at the same moment must not both make the switch, nor both find the same address free.",
    direction:
      'The kernel keeps the list: ip link set … alias <address> writes the address on the plug, and ip link show reads it. withLock("/proc/self/ns/net", …) lets one at a time look and add. The switch has an address, too, and a MAC address of its own.',
    code: ["const BRIDGE", "const GATEWAY", "const ADDRESSES", "function makeSwitch"],
  },
  "goes-out": {
    idea: "To the world, the container's address is unknown: it can send, and gets no answer. NAT puts the host's address in its place, and the container's back into the answer. And a host passes packets on only when it is told to.",
    direction:
      "1 in /proc/sys/net/ipv4/ip_forward. With nft, a table of the container's own, and in it a chain { type nat hook postrouting priority srcnat } with the rule: ip saddr <address> oifname != workshop0 masquerade.",
    code: ["const NETWORK", "runProgram(", "function rulesFor"],
  },
  "published-port": {
    idea: "Where a packet is for can be changed as well as where it is from. What comes to port 8080 of the host is sent on to port 80 of the container. What the host sends to itself does not come in, and passes another hook.",
    direction:
      "fib daddr type local tcp dport 8080 dnat to <address>:80, in a chain with hook prerouting, and again in one with hook output. A sender of 127.0.0.1 must become another, and route_localnet of the bridge 1. run() listens on the port itself, so that nobody else takes it.",
    code: [
      "// pnpm --filter",
      "while (/^--",
      "const ports",
      "if (!command[0]",
      "for (const port of ports)",
      "function isPublishable",
      "async function reserve",
    ],
  },
  names: {
    idea: "Programs look for names in /etc/hosts, and ask the servers in /etc/resolv.conf for all others. Both are files, and the image does not know the address.",
    direction:
      "child() writes hostname, hosts and resolv.conf into upper/etc, before the overlay is mounted: there, they lie on top of the image's, read-only or not. The resolvers are the host's, but not one on 127.0.0.53.",
    code: ["const RESOLVERS"],
  },
  "network-undone": {
    idea: "The cable goes with the container's namespace. What run() has made on the host does not, and what it has set stays set. The last container has to take the switch away, and nobody else.",
    direction:
      "A script that deletes the cable and the table, and, when ip link show master workshop0 prints nothing, the switch, in the lock. How ip_forward was before can stand on the switch: its alias. Writing it also changes accept_redirects.",
    code: ["const DISCONNECT", "const cable"],
  },
  "network-undone-when-killed": {
    idea: "Nobody can handle SIGKILL. As for the cgroup, another process has to wait for the end of run().",
    direction: "runAtEnd(script, …), before there is anything to undo.",
    code: ["runAtEnd("],
  },
};
