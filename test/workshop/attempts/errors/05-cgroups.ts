import { existsSync } from "node:fs";
import type { Mistake } from "../attempt.ts";

const JOIN = "'echo 0 >&3 && exec \"$@\" 3>&-'";
const OPEN = 'openSync(cgroupProcs(cgroup), "w")';
const NAME = "  const name = `container-$" + "{Math.random().toString(36).slice(2, 8)}`;\n";
const CONFIGURE = "  const procs = configCgroups(name);\n";
const PROC = '  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);\n';
const AT_END = "  removeCgroupAtEnd(cgroup);\n";
const MAKE = "  mkdirSync(cgroup);\n";
const WAIT = "  process.exitCode = await wait(container, 5);\n";

const LATE = "() => { try { writeFileSync(3, `$" + "{shell.pid}`); } catch {} }";

/** The end of what is shown of an error of the kernel's: no advice that is for machines comes before. */
const only = (message: string) => new RegExp(`: 05-cgroups: ${message}`);

export const errors: Mistake[] = [
  {
    name: "made in child, after chroot",
    edits: [
      [`${NAME}${CONFIGURE}`, '  const procs = "inherit";\n'],
      [PROC, `${PROC}  configCgroups("container");\n`],
    ],
    fact: "runs-command",
    hint: /This machine has one, but it is not to be found after chroot/,
  },
  {
    name: "a controller that is called otherwise",
    edits: [['cgroupRoot("pids")', 'cgroupRoot("pid")']],
    fact: "runs-command",
    hint: /is called pids/,
  },
  {
    name: "files of the cgroup deleted",
    edits: [
      [AT_END, ""],
      [WAIT, `${WAIT}  rmSync(path.join(cgroupRoot("pids"), name), { recursive: true });\n`],
      ["openSync, write", "openSync, rmSync, write"],
    ],
    fact: "runs-command",
    actual: only("EPERM"),
    hint: /cannot be deleted, and need not be/,
  },
  {
    name: "a file that the kernel has not made",
    edits: [['"pids.max"', '"pid.max"']],
    fact: "runs-command",
    actual: only("E(ACCES|PERM)"),
    hint: /perhaps pid\.max is misspelt/,
  },
  {
    name: "a number",
    edits: [['"pids.max"), "10"', '"pids.max"), 10']],
    fact: "runs-command",
    hint: /is text/,
  },
  {
    name: "no number",
    edits: [['"pids.max"), "10"', '"pids.max"), "ten"']],
    fact: "runs-command",
    hint: /takes a plain number/,
  },
  {
    name: "no directory",
    edits: [[MAKE, ""]],
    fact: "runs-command",
    hint: /made with mkdirSync/,
  },
  {
    name: "no name of its own",
    edits: [[NAME, '  const name = "container";\n']],
    fact: "each-its-own",
    hint: /mkdtempSync makes a new name/,
  },
  {
    name: "the limit in the host's own cgroup",
    edits: [
      ['path.join(cgroupRoot("pids"), name)', 'cgroupRoot("pids")'],
      [MAKE, "  void name;\n"],
      [AT_END, ""],
    ],
    fact: "runs-command",
    // With v2, the kernel refuses it
    actual: /changed pids\.max in the host's own cgroup|EPERM: .*, write/,
    hint: /a new directory in it/,
  },
  {
    name: "the host's own cgroup joined",
    edits: [["cgroupProcs(cgroup)", 'cgroupProcs(cgroupRoot("pids"))']],
    // With v2, a cgroup that has others in it takes no process
    fact: existsSync("/sys/fs/cgroup/cgroup.controllers") ? "runs-command" : "own-cgroup",
    hint: /has not joined it|could not join/,
  },
  {
    name: "deleted by rm",
    edits: [
      [AT_END, ""],
      [WAIT, `${WAIT}  execSync("rm -rf " + path.join(cgroupRoot("pids"), name));\n`],
      ["import path", 'import { execSync } from "node:child_process";\nimport path'],
    ],
    fact: "runs-command",
    hint: /cannot be deleted, and need not be/,
  },
  {
    name: "opened for reading",
    edits: [[OPEN, OPEN.replace('"w"', '"r"')]],
    fact: "runs-command",
    hint: /opened with "w"/,
  },
  {
    name: "the directory opened",
    edits: [[OPEN, 'openSync(cgroup, "w")']],
    fact: "runs-command",
    hint: /cgroupProcs\(cgroup\)/,
  },
  {
    name: "no descriptor for the shell",
    edits: [['"inherit", "inherit", "inherit", 3]', '"inherit", "inherit", "inherit"]']],
    fact: "runs-command",
    hint: /no such descriptor/,
  },
  {
    name: "the path of the host in the shell",
    edits: [[JOIN, "'echo 0 >/sys/fs/cgroup/mine/cgroup.procs && exec \"$@\" 3>&-'"]],
    fact: "runs-command",
    hint: /After chroot nobody finds the cgroup/,
  },
  {
    name: "arguments without quotes in the shell",
    edits: [
      [JOIN, JOIN.replace('"$@"', "$@")],
      ["...keepEnvironment(command)", "...command"], // it says what this machine's variables are
    ],
    fact: "runs-command",
    hint: /a shell in between has taken them apart/,
  },
  {
    name: "arguments as one word in the shell",
    edits: [
      [JOIN, JOIN.replace('"$@"', '"$*"')],
      ["...keepEnvironment(command)", "...command"],
    ],
    fact: "runs-command",
    hint: /which is "\$@"/,
  },
  {
    name: "joins when it runs already",
    edits: [
      [JOIN, "'exec \"$@\" 3>&-'"],
      ["    closeSync(3);\n", `    setTimeout(${LATE}, 2000);\n    void closeSync;\n`],
    ],
    fact: "own-cgroup",
    actual: /is the host's/,
    hint: /has not joined it.* before it becomes the command/,
  },
  {
    name: "a promise for a descriptor",
    edits: [
      [
        "function configCgroups(name: string): number",
        "async function configCgroups(name: string)",
      ],
    ],
    fact: "runs-command",
    hint: /await is missing/,
  },
  {
    name: "removed while Node is in it",
    edits: [
      ["  const container = spawn", '  writeFileSync(procs, "0");\n  const container = spawn'],
    ],
    fact: "runs-command",
    hint: /Perhaps Node has joined it|threads count/,
  },
];
