import type { HintsByFact } from "./hints.ts";

export const pidMntChrootHints: HintsByFact = {
  "new-pid-namespace": {
    idea: "run() needs only more flags: child() is born in new namespaces for process IDs and for mounts, too.",
    direction:
      "cloneflags are joined with |, as bits are: CLONE_NEWUTS, CLONE_NEWPID, and CLONE_NEWNS for mounts. What child() requires is the same.",
    code: ["cloneflags:", "requireNewNamespaces("],
  },
  "new-mnt-namespace": {
    idea: "What child() is going to mount must not be mounted in the host's own table: it needs one of its own.",
    direction:
      "The first of all namespaces was the one for mounts, hence the flag's name: CLONE_NEWNS. It goes with the others in cloneflags, and in what child() requires.",
    code: ["cloneflags:", "requireNewNamespaces("],
  },
  "own-root": {
    idea: "Each process has a root directory, and its children inherit it. child() has to change its own before it starts the command.",
    direction:
      "chroot(UBUNTU_FS) in child(). The constant is there already: its path is made from import.meta.dirname, so that it is right wherever the program is started.",
    code: ["chroot("],
  },
  "stands-in-root": {
    idea: "chroot changes what / means, and nothing else: the working directory is still outside, and from there .. leads up to the host.",
    direction: "process.chdir goes to a directory by its path. Which path is in the new root?",
    code: ["chroot(", "process.chdir("],
  },
  "own-proc": {
    idea: "ps reads /proc, and in the new root that is an empty folder. What a mounted proc shows is the PID namespace of who mounts it.",
    direction:
      'mount("proc", "/proc", "proc", flags), in child(), after chroot and chdir: then /proc is the one in the new root. As flags, 0 will do.',
    code: ["mount("],
  },
  "unmounts-at-end": {
    idea: "On most hosts / is a shared mount: what is mounted in the container is mounted on the host, too, and stays when the container has gone.",
    direction:
      'After wait, umount("/proc", MNT_DETACH): even when something is still in it. In try … finally, so that it happens also when something fails.',
    code: ["try {"],
  },
  "ends-all": {
    idea: "When process 1 of a PID namespace ends, the kernel ends all others in it. So nothing is left, if child() is process 1 and ends with the command.",
    direction:
      "child() waits for the command only, then ends: nothing may keep Node alive. And when run() is killed, dieWithParent() at the beginning of child() ends it, too.",
    code: ["dieWithParent(", "try {"],
  },
};
