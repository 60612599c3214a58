import type { Mistake } from "../attempt.ts";

export const starter = { fact: "names-container", hint: /through \/proc\/self\/exe/ };

const NAMED = '  sethostname("container");\n';
const START = "  const args = [...process.execArgv";
const WAIT = 'await wait(spawn(file, args, { stdio: "inherit" }));';

export const mistakes: Mistake[] = [
  {
    name: "hostname set before the namespace is there",
    edits: [
      [NAMED, ""],
      [START, `${NAMED}${START}`],
    ],
    fact: "keeps-hosts-name",
    hint: /sethostname\(\) ran in the host's UTS namespace/,
  },
  {
    name: "child called, not started",
    edits: [[START, `  return await child();\n${START}`]],
    fact: "runs-command",
    hint: /run\(\) must not call it/,
  },
  {
    name: "child called, and its guard taken away",
    edits: [
      [START, `  return await child();\n${START}`],
      ["  requireNewNamespaces(CLONE_NEWUTS);\n", ""],
    ],
    fact: "new-uts-namespace",
    hint: /CLONE_NEWUTS is missing/,
  },
  {
    name: "starts itself as run",
    edits: [['import.meta.filename, "child"', 'import.meta.filename, "run"']],
    fact: "runs-command",
    hint: /as run instead of child/,
  },
  {
    name: "no case for child",
    edits: [['  case "child":\n    await child();\n    break;\n', ""]],
    fact: "runs-command",
    hint: /no such case/,
  },
  {
    name: "forgets which file to start",
    edits: [["...process.execArgv, import.meta.filename, ", "...process.execArgv, "]],
    fact: "runs-command",
    hint: /./,
  },
  {
    name: "hostname set when the command has ended",
    edits: [
      [NAMED, ""],
      [WAIT, `${WAIT}\n${NAMED}`],
    ],
    fact: "names-container",
    hint: /before it starts the command/,
  },
  {
    name: "another name",
    edits: [['sethostname("container")', 'sethostname("contaner")']],
    fact: "names-container",
    hint: /must call sethostname\("container"\)/,
  },
  {
    name: "no guard",
    edits: [["  requireNewNamespaces(CLONE_NEWUTS);\n", ""]],
    fact: "child-by-hand",
    actual: /the host is called container now/,
    hint: /^First of all, child\(\) finds out where it is/,
  },
  {
    name: "a guard that comes too late",
    edits: [
      ["  requireNewNamespaces(CLONE_NEWUTS);\n", ""],
      [NAMED, `${NAMED}  requireNewNamespaces(CLONE_NEWUTS);\n`],
    ],
    fact: "child-by-hand",
    actual: /the host is called container now/,
    hint: /^First of all/,
  },
  {
    name: "a guard that refuses the name alone",
    edits: [
      ["  requireNewNamespaces(CLONE_NEWUTS);\n", ""],
      [NAMED, `  if (process.env.INSIDE) ${NAMED.trim()}\n`],
      [
        'stdio: "inherit",\n    //',
        'stdio: "inherit",\n    env: { ...process.env, INSIDE: "1" },\n    //',
      ],
    ],
    fact: "child-by-hand",
    actual: /it started the command on the host/,
    hint: /^First of all/,
  },
  {
    name: "status swallowed by child",
    edits: [[`process.exitCode = ${WAIT}`, WAIT]],
    fact: "passes-status",
    hint: /swallows it/,
  },
  {
    name: "a name that is not imported",
    edits: [["  sethostname,\n", ""]],
    fact: "runs-command",
    hint: /Is sethostname imported/,
  },
];
