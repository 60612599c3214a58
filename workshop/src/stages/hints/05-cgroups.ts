import type { HintsByFact } from "./hints.ts";

/** The command joins, and nobody else. */
const JOIN = ["const join", "const shell", "closeSync("];

export const cgroupsHints: HintsByFact = {
  "own-cgroup": {
    idea: "A cgroup is a directory, and a process joins it by its number, written to a file in there. After chroot nobody finds it any more: run() makes it, and hands the open file down.",
    direction:
      'run() calls configCgroups(): mkdirSync in cgroupRoot("pids"), then it opens cgroupProcs(cgroup). The descriptor goes to child() as the fourth of stdio, and on to the command: a shell writes 0, "myself", to it, then becomes the command.',
    code: [
      "const name",
      "const procs",
      'stdio: ["inherit", "inherit", "inherit", procs]',
      ...JOIN,
      "function configCgroups",
    ],
  },
  "pids-max-10": {
    idea: "The kernel fills the new directory with files, and each of them is a setting or a counter.",
    direction: "Write 10 to the file pids.max in it, before anybody joins.",
    code: ["writeFileSync("],
  },
  "only-the-command": {
    idea: "Who writes 0 to cgroup.procs joins. If Node writes it, its threads are in, too: each is a task.",
    direction:
      "Neither run() nor child() may join. A small shell does, and becomes the command with exec, so that it is no task beside it.",
    code: JOIN,
  },
  "room-for-pipeline": {
    idea: "Ten tasks are few, and whoever else is in the cgroup takes of them.",
    direction:
      "cat cgroup.procs in it tells who that is: it should be the command, and what that starts. The shell that joins must become the command: exec.",
    code: JOIN,
  },
  "ten-tasks": {
    idea: "The limit counts those that are in the cgroup: the command must be in it before it starts anything.",
    direction:
      "First join, then become the command, in one shell: 'echo 0 >&3 && exec …'. And pids.max is 10, neither 9 nor 11.",
    code: [...JOIN, "writeFileSync("],
  },
  "fork-bomb": {
    idea: "Children are born in the cgroup of their parent. So a bomb stays in its box, if it has been lit in there.",
    direction:
      "The command itself must have joined before it starts, and child() must go on waiting for it, however long that takes.",
    code: JOIN,
  },
  "removes-cgroup": {
    idea: "A cgroup outlives its processes: a directory stays until somebody removes it, and it can be removed only when nobody is in it any more.",
    direction:
      "removeCgroupAtEnd(cgroup) in configCgroups(), before the directory is made: it waits for the end of run(), whatever that is, and of all that is in the cgroup.",
    code: ["removeCgroupAtEnd(", "mkdirSync("],
  },
  "each-its-own": {
    idea: "Two containers that share a cgroup share its ten tasks, and the first that ends takes it away from the other.",
    direction: "Each container makes a cgroup with a name that no other has.",
    code: ["const name"],
  },
};
