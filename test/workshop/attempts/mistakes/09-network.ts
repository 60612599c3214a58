import type { Mistake } from "../attempt.ts";

export const starter = { fact: "new-net-namespace", hint: /CLONE_NEWNET is missing/ };

const PLUG = "ip(`link set ${cable} master ${BRIDGE} alias ${address} up`);";
const GOES = `[ -z "$(ip link show master \${BRIDGE})" ]`;

export const mistakes: Mistake[] = [
  {
    name: "no network namespace",
    edits: [
      [
        "    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWNET,",
        "    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC,",
      ],
      ["CLONE_NEWIPC | CLONE_NEWNET);", "CLONE_NEWIPC);"],
      ["  plugIn(container, cable, ports);\n", "  void plugIn;\n"],
      ["  configNetwork(directory);\n", "  void configNetwork;\n"],
    ],
    fact: "new-net-namespace",
    hint: /CLONE_NEWNET is missing/,
  },
  {
    name: "a new namespace, and nothing in it",
    edits: [
      ["  plugIn(container, cable, ports);\n", "  void plugIn;\n"],
      ["  configNetwork(directory);\n", "  void configNetwork;\n"],
    ],
    fact: "cable",
    actual: /lo +DOWN/,
    hint: /no device but lo/,
  },
  {
    name: "a cable that is in no switch",
    edits: [[PLUG, "ip(`link set ${cable} alias ${address} up`);"]],
    fact: "cable",
    actual: /No route to host|no answer/,
    hint: /in the switch\?/,
  },
  {
    name: "a loopback device that is down",
    edits: [['  ip("link set lo up");\n', ""]],
    fact: "cable",
    actual: /DOWN/,
    hint: /ip link set lo up/,
  },
  {
    name: "no default route",
    edits: [["  ip(`route add default via ${GATEWAY}`);\n", ""]],
    fact: "cable",
    hint: /ip route add default/,
  },
  {
    name: "the same address for all",
    edits: [["!links.includes(`alias ${each}\\n`)", "each && links"]],
    fact: "containers-meet",
    hint: /alias/,
  },
  {
    name: "a switch that goes with the first container",
    edits: [[` && ${GOES}`, ""]],
    fact: "containers-meet",
    hint: /goes with its last cable/,
  },
  {
    name: "a host that passes nothing on",
    edits: [['  writeFileSync("/proc/sys/net/ipv4/ip_forward", "1");\n', ""]],
    fact: "goes-out",
    hint: /ip_forward/,
  },
  {
    name: "no NAT",
    edits: [["      ip saddr ${address} oifname != ${BRIDGE} masquerade\n", ""]],
    fact: "goes-out",
    actual: /no answer|No route|unreachable/,
    hint: /masquerade/,
  },
  {
    name: "a port that leads in only from outside",
    edits: [
      ['hook output priority -100\n      ${published.join("\\n")}', "hook output priority -100"],
    ],
    fact: "published-port",
    hint: /hook output/,
  },
  {
    name: "a port that leads in only from the host itself",
    edits: [
      [
        'hook prerouting priority dstnat\n      ${published.join("\\n")}',
        "hook prerouting priority dstnat",
      ],
    ],
    fact: "published-port",
    hint: /hook prerouting/,
  },
  {
    name: "127.0.0.1, without route_localnet",
    edits: [['  writeFileSync(`/proc/sys/net/ipv4/conf/${BRIDGE}/route_localnet`, "1");\n', ""]],
    fact: "published-port",
    hint: /route_localnet/,
  },
  {
    name: "127.0.0.1, as it is",
    edits: [["{ 127.0.0.1, ${NETWORK} }", "${NETWORK}"]],
    fact: "published-port",
    hint: /127\.0\.0\.1 as its sender has to be replaced/,
  },
  {
    name: "no names",
    edits: [
      [
        "  for (const [name, text] of Object.entries(files))",
        "  for (const [name, text] of Object.entries(files).slice(3))",
      ],
    ],
    fact: "names",
    hint: /upper directory/,
  },
  {
    name: "names of another container",
    edits: [["${address} container\\n`,", "10.200.0.99 container\\n`,"]],
    fact: "names",
    actual: /10\.200\.0\.99/,
    hint: /upper directory/,
  },
  {
    name: "no resolvers",
    edits: [
      [
        '    "resolv.conf": readFileSync(RESOLVERS.find((each) => existsSync(each)) ?? "/dev/null"),\n',
        "",
      ],
      ["const RESOLVERS =", "void existsSync;\nvoid readFileSync;\nexport const RESOLVERS ="],
    ],
    fact: "names",
    hint: /Copy the host's/,
  },
  {
    name: "rules that stay",
    edits: [['  nft delete table ip "$1"\n', ""]],
    fact: "network-undone",
    actual: /masquerade/,
    hint: /runAtEnd/,
  },
  {
    name: "a switch that stays",
    edits: [["    ip link delete ${BRIDGE}\n", "    true\n"]],
    fact: "network-undone",
    actual: /workshop0/,
    hint: /until somebody takes them away/,
  },
  {
    name: "ip_forward that stays 1",
    edits: [["    sysctl --write", "    echo"]],
    fact: "network-undone",
    actual: /ip_forward/,
    hint: /ip_forward/,
  },
  {
    name: "an end that SIGKILL prevents",
    edits: [
      [
        "  runAtEnd(DISCONNECT, cable);\n",
        '  process.prependListener("exit", () => void runProgram("sh", ["-c", DISCONNECT, "sh", cable]));\n  void runAtEnd;\n',
      ],
    ],
    fact: "network-undone-when-killed",
    hint: /runAtEnd\(script\)/,
  },
];
