import { hasCable, reachesOthers } from "../facts/network/cable.ts";
import { hasNames } from "../facts/network/names.ts";
import { undoesNetwork, undoesWhenKilled } from "../facts/network/undone.ts";
import { goesOut, publishes } from "../facts/network/ways.ts";
import { newNamespace } from "../facts/new-namespace.ts";
import { overlay } from "./08-overlay.ts";
import { networkHints } from "./hints/09-network.ts";
import { factsOf, type Goal, type Stage } from "./stage.ts";

const goal: Goal[] = [
  ...overlay.goal,
  {
    says: "The container has a network of its own, and a cable to a switch on the host: an address, a default route, and the loopback device up.",
    facts: [newNamespace.net, hasCable],
  },
  {
    says: "Two containers reach each other through the switch, which is there as long as one of them is.",
    facts: [reachesOthers],
  },
  {
    says: "What goes out has the host's address.",
    facts: [goesOut],
  },
  {
    says: "With --publish=8080:80 before the command, port 8080 of the host leads to port 80 of the container, from outside and from the host itself.",
    facts: [publishes],
  },
  {
    says: "The container's own name is in /etc/hosts and /etc/hostname, and the host's resolvers are in /etc/resolv.conf.",
    facts: [hasNames],
  },
  {
    says: "In the end, the host's devices, addresses, routes, rules and settings are as they were, also when run() is killed.",
    facts: [undoesNetwork, undoesWhenKilled],
  },
];

export const network: Stage = {
  name: "09-network",
  goal,
  hints: networkHints,
  facts: factsOf(goal),
  namespaces: ["uts", "pid", "mnt", "ipc", "net"],
  hasChild: true,
  root: "ubuntu-fs",
};
