import type { Mistake } from "../attempt.ts";

export const starter = { fact: "runs-command", hint: /has to start the command/ };

export const mistakes: Mistake[] = [
  {
    name: "no cloneflags",
    edits: [["    cloneflags: CLONE_NEWUTS,\n", ""]],
    fact: "new-uts-namespace",
    hint: /CLONE_NEWUTS is missing/,
  },
  {
    name: "another namespace than the one with the hostname",
    edits: [
      ["import { CLONE_NEWUTS,", "import { CLONE_NEWIPC,"],
      ["    cloneflags: CLONE_NEWUTS,", "    cloneflags: CLONE_NEWIPC,"],
    ],
    fact: "new-uts-namespace",
    hint: /CLONE_NEWUTS is missing/,
  },
  {
    name: "the flags of a later stage",
    edits: [
      ["import { CLONE_NEWUTS,", "import { CLONE_NEWPID, CLONE_NEWUTS,"],
      ["    cloneflags: CLONE_NEWUTS,", "    cloneflags: CLONE_NEWUTS | CLONE_NEWPID,"],
    ],
    fact: "no-other-namespace",
    hint: /come in stage 03/,
  },
  {
    name: "stdio forgotten",
    edits: [['    stdio: "inherit",\n', ""]],
    fact: "runs-command",
    hint: /stdio: "inherit"/,
  },
  {
    name: "its own words on standard output",
    edits: [["console.error(`Running", "console.log(`Running"]],
    fact: "runs-command",
    hint: /console\.error/,
  },
  {
    name: "arguments forgotten",
    edits: [["spawn(file, args, {", "spawn(file, [], {"]],
    fact: "runs-command",
    hint: /with its arguments/,
  },
  {
    name: "arguments joined for a shell",
    edits: [["spawn(file, args, {", 'spawn("sh", ["-c", command.join(" ")], {']],
    fact: "runs-command",
    hint: /each one an element/,
  },
  {
    name: "command and arguments as one string",
    edits: [["spawn(file, args, {", 'spawn(command.join(" "), [], {']],
    fact: "runs-command",
    hint: /must be the program and its arguments/,
  },
  {
    name: "status swallowed",
    edits: [["process.exitCode = await wait(container)", "await wait(container)"]],
    fact: "passes-status",
    hint: /swallows it/,
  },
  {
    name: "status of a signal is none",
    edits: [
      [
        "process.exitCode = await wait(container)",
        'container.on("exit", (status) => process.exit(status ?? 0))',
      ],
    ],
    fact: "passes-status",
    hint: /128 \+ the number/,
  },
];
