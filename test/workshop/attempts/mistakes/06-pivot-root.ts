import type { Mistake } from "../attempt.ts";

export const starter = { fact: "host-root-gone", hint: /chroot hides the host's files/ };

const UMOUNT = '  umount(".", MNT_DETACH);\n';
const EXECVE = 'else execve("/bin/sh", join, [3]);';
const REAP = '  process.on("SIGCHLD", () => reapOrphans(shell));\n';

export const mistakes: Mistake[] = [
  {
    name: "the old root left on top of the new one",
    edits: [[UMOUNT, ""]],
    fact: "host-root-gone",
    hint: /umount\("\.", MNT_DETACH\) takes it away/,
  },
  {
    name: "the old root left below the new one",
    edits: [
      ['pivotRoot(".", ".")', 'pivotRoot(".", "mnt")'],
      [UMOUNT, ""],
    ],
    fact: "host-root-gone",
    hint: /Unmount it there/,
  },
  {
    name: "the command started, not become",
    edits: [[EXECVE, "else await init(join);"]],
    fact: "command-is-process-1",
    hint: /execve in the place of spawn and wait/,
  },
  {
    name: "the shell that joins stays",
    edits: [["'echo 0 >&3 && exec \"$@\" 3>&-'", "'echo 0 >&3 && \"$@\" 3>&-; exit $?'"]],
    fact: "only-the-command",
    hint: /with exec it becomes the command/,
  },
  {
    name: "--init taken for the command",
    edits: [["const command = withInit ? words.slice(1) : words;", "const command = words;"]],
    fact: "init-reaps",
    hint: /take it off the words/,
  },
  {
    name: "no init with --init",
    edits: [[`if (withInit) await init(join);`, "if (command.length === 0) await init(join);"]],
    fact: "init-reaps",
    hint: /child\(\) stays process 1/,
  },
  {
    name: "an init that reaps nobody",
    edits: [[REAP, ""]],
    fact: "init-reaps",
    hint: /reapOrphans\(shell\)/,
  },
  {
    name: "an init that swallows the status",
    edits: [["process.exitCode = await wait(shell)", "await wait(shell)"]],
    fact: "init-reaps",
    hint: /child\(\) stays process 1|ends with its status/,
  },
];
