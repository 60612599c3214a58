import type { HintsByFact } from "./hints.ts";

export const rootlessHints: HintsByFact = {
  "new-user-namespace": {
    idea: "A user namespace is the one kind that every user may make, and its first process has all capabilities in it. They count for what belongs to it: so the other namespaces have to be made together with it. Node has several threads, and the kernel lets no such program in.",
    direction:
      "In run(), spawn unshare(1) in place of /proc/self/exe, with all namespaces, and behind them a shell that waits for setsid and process.execPath with the arguments of child. In front of it goes setpriv --pdeathsig KILL, so that the container ends with run(). requireNewNamespaces can then only ask for CLONE_NEWPID, as the shell is in all the others.",
    code: [
      "const NAMESPACES",
      "const again",
      "const WAIT",
      "const shell",
      "const container",
      "requireNewNamespaces(",
    ],
  },
  "user-map": {
    idea: "A new user namespace has no users: everybody in it is nobody, 65534. A map, written once to /proc/<pid>/uid_map, says who is who: inside, outside, and how many in a row. A user may map himself. For more, root has given him a range in /etc/subuid, and the program newuidmap, which is root's, writes it.",
    direction:
      "Give unshare(1) --map-root-user, and --map-auto as well if /etc/subuid has a line for this user: with it, it calls newuidmap and newgidmap.",
    code: ["const users", "function mapUsers"],
  },
};
