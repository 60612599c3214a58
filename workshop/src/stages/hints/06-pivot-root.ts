import type { HintsByFact } from "./hints.ts";

export const pivotRootHints: HintsByFact = {
  "host-root-gone": {
    idea: "chroot changes the root of a process, and leaves the mount namespace as it is, with all mounts of the host in it. pivot_root(2) changes the root of the namespace, and the old one can then be unmounted. The end of its man page has a section for just that.",
    direction:
      'A root has to be a mount point: mount(UBUNTU_FS, UBUNTU_FS, null, MS_BIND | MS_REC) makes one of the folder. Then, in the place of chroot: process.chdir(UBUNTU_FS), pivotRoot(".", "."), mount /proc, umount(".", MNT_DETACH), process.chdir("/").',
    code: [
      "mount(UBUNTU_FS",
      "process.chdir(UBUNTU_FS)",
      "pivotRoot(",
      'mount("proc"',
      "umount(",
      'process.chdir("/")',
    ],
  },
  "command-is-process-1": {
    idea: "child() starts the command, and then only waits, and unmounts. With a mount namespace that is private there is nothing to unmount. So child() need not stay: a process can become another program.",
    direction:
      'execve("/bin/sh", ["sh", "-c", …], [3]) takes the place of spawn and wait: the shell keeps descriptor 3, joins, and becomes the command. As a process 1 gets no SIGTERM without a handler, it is dieWithParent("SIGKILL") now.',
    code: ["dieWithParent(", "const join", "if (withInit)", "else execve("],
  },
  "init-reaps": {
    idea: "--init is a word in front of the command, and goes to child(), not to the command. With it, child() stays process 1, and does what an init does: it starts the command, and reaps every process that has lost its parent.",
    direction:
      'Take --init off the words, and hand all words on to child. There, with --init, spawn and wait stay as in stage 05. process.on("SIGCHLD", …) is called when a child has ended, an adopted one, too: reapOrphans(shell) takes away all but the one that wait() waits for.',
    code: [
      "// pnpm --filter",
      "const [mode",
      "const withInit",
      "const command",
      "if (!command[0])",
      "const args",
      "process.exitCode = await wait(container",
      "if (withInit)",
      "async function init",
    ],
  },
};
