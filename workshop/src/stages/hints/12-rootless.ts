import type { HintsByFact } from "./hints.ts";

export const rootlessHints: HintsByFact = {
  "new-user-namespace": {
    idea: "A user namespace is the one kind that every user may make, and its first process has all capabilities in it. They count for what belongs to it: so the other namespaces have to be made together with it. Node has several threads, and the kernel lets no such program in.",
    direction:
      "In run(), spawn unshare(1) in place of /proc/self/exe, with all namespaces, and behind them a shell that waits for setsid and process.execPath with the arguments of child. In front of it goes setpriv --pdeathsig KILL, so that the container ends with run(). requireNewNamespaces can then only ask for CLONE_NEWPID, as the shell is in all the others. What changed the host goes: the cable and its rules. A cgroup is there only for a user to whom one was given: availableCgroup() finds it.",
    code: [
      "// pnpm --filter",
      "const NAMESPACES",
      "const WAIT",
      "const options",
      "const OPTION",
      "while (",
      "if (!command[0]",
      "requireUserNamespaces();",
      "const ADVICE",
      "const procs = configCgroups",
      "const directory = makeDirectory",
      "function configCgroups",
      "function makeDirectory",
      "const own = [",
      "const again",
      "const session",
      "const shell = [",
      "const container",
      "container.kill",
      "process.exitCode",
      "requireNewNamespaces(",
      "dieWithParent(",
      "const shell = joinAll",
      "if (withInit)",
      "else execve(",
    ],
  },
  "user-map": {
    idea: "A new user namespace has no users: everybody in it is nobody, 65534. A map, written once to /proc/<pid>/uid_map, says who is who: inside, outside, and how many in a row. A user may map himself. For more, root has given him a range in /etc/subuid, and the program newuidmap, which is root's, writes it.",
    direction:
      "Give unshare(1) --map-root-user, and --map-auto as well if /etc/subuid has a line for this user: with it, it calls newuidmap and newgidmap.",
    code: ["const users", "function mapUsers", "function nameOfUser"],
  },
  "loopback-of-its-own": {
    idea: "A network namespace belongs to the user namespace in which it was made, and root there may set it up. What is outside may not: a cable would have an end there. pasta(1), or the older slirp4netns(1), makes ordinary connections of what the container sends.",
    direction:
      "child() says when it is in its namespaces, and run() starts pasta then, with the number of the process that it is for. child() waits for the answer, sets lo up with ip(8), and writes its names to the upper directory.",
    code: [
      "const RESOLVERS",
      "const socket",
      "socket?.on(",
      "socket?.once(",
      "waitForNetwork(directory);",
      "const SLIRP",
      "function configNetwork",
      "function startSlirp",
      "function waitForNetwork",
    ],
  },
  "root-of-its-files": {
    idea: "The files of ubuntu-fs are those of the host's root, who has no number in the container. So the image has to be a copy of one's own. An overlay over it may be mounted in a user namespace, and keeps its notes in attributes that any user may write.",
    direction:
      "The lower directory is rootless-fs, and userxattr is one more option of the overlay. What the container writes may belong to other users of the map, whom only root of the same map may delete: unshare(1) with the same users, and rm, at the end.",
    code: [
      "const ROOTLESS_FS",
      "const IMAGES",
      "const CLEAN_UP",
      "const directory = makeDirectory",
      "mountOverlay(directory",
      "function makeDirectory",
      "function mountOverlay",
    ],
  },
};
