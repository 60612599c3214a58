import type { Mistake } from "../attempt.ts";

export const starter = { fact: "own-cgroup", hint: /a new cgroup/ };

const JOIN = "'echo 0 >&3 && exec \"$@\" 3>&-'";
const MAX = 'writeFileSync(path.join(cgroup, "pids.max"), "10");';
const JOIN_FILE = '  return openSync(cgroupProcs(cgroup), "w");\n';
const NAME = "`container-$" + "{Math.random().toString(36).slice(2, 8)}`";

export const mistakes: Mistake[] = [
  {
    name: "nobody joins",
    edits: [[JOIN, "'exec \"$@\" 3>&-'"]],
    fact: "own-cgroup",
    hint: /has not joined it/,
  },
  {
    name: "joined by child, with Node's threads",
    edits: [
      [JOIN, "'exec \"$@\" 3>&-'"],
      ['  sethostname("container");\n', '  sethostname("container");\n  writeFileSync(3, "0");\n'],
    ],
    fact: "only-the-command",
    hint: /whose threads count/,
  },
  {
    name: "joined by run",
    edits: [
      [
        JOIN_FILE,
        `  writeFileSync(path.join(cgroup, "cgroup.procs"), String(process.pid));\n${JOIN_FILE}`,
      ],
    ],
    fact: "runs-command",
    hint: /threads count/,
  },
  {
    name: "joined by a PID that means another process there",
    edits: [
      [JOIN, "'exec \"$@\" 3>&-'"],
      [
        '  sethostname("container");\n',
        '  sethostname("container");\n  writeFileSync(3, String(process.pid));\n',
      ],
    ],
    fact: "only-the-command",
    hint: /whose threads count/,
  },
  {
    name: "no limit",
    edits: [[MAX, "void cgroup;"]],
    fact: "pids-max-10",
    hint: /writes 10 to the file pids\.max/,
  },
  {
    name: "another limit",
    edits: [[MAX, MAX.replace("10", "100")]],
    fact: "pids-max-10",
    hint: /writes 10 to the file pids\.max/,
  },
  {
    name: "the shell that joins stays",
    edits: [[JOIN, "'echo 0 >&3 && \"$@\" 3>&-'"]],
    fact: "only-the-command",
    hint: /with exec it becomes the command/,
  },
  {
    name: "cgroup left behind",
    edits: [["  removeCgroupAtEnd(cgroup);\n", ""]],
    fact: "removes-cgroup",
    hint: /removeCgroupAtEnd\(cgroup\) in run\(\)/,
  },
  {
    name: "one cgroup for all",
    edits: [
      [NAME, '"container"'],
      ["mkdirSync(cgroup);", "mkdirSync(cgroup, { recursive: true });"],
    ],
    fact: "each-its-own",
    hint: /mkdtempSync makes a new name/,
  },
  {
    name: "made from inside, after chroot",
    edits: [
      [MAX, "void cgroup;"],
      [
        '  process.chdir("/");\n',
        '  process.chdir("/");\n  writeFileSync(path.join(cgroupRoot("pids"), "pids.max"), "10");\n',
      ],
    ],
    fact: "runs-command",
    hint: /only from outside the chroot|no \/proc|./,
  },
  {
    name: "status swallowed by run",
    edits: [["process.exitCode = await wait(container, 5)", "await wait(container, 5)"]],
    fact: "passes-status",
    hint: /swallows it/,
  },
];
