import type { Mistake } from "../attempt.ts";

export const starter = { fact: "keeps-mounts-from-host", hint: /unshareflags: CLONE_NEWNS/ };

const LINE = "    unshareflags: CLONE_NEWNS,\n";
const IMPORT: [string, string] = ["  MS_NOSUID,\n", "  MS_NOSUID,\n  MS_PRIVATE,\n  MS_REC,\n"];
const PRIVATE = 'mount("none", "/", null, MS_REC | MS_PRIVATE);\n';
const PROC = '  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);\n';

export const mistakes: Mistake[] = [
  {
    name: "propagation not private",
    edits: [[LINE, ""]],
    fact: "keeps-mounts-from-host",
    hint: /unshareflags: CLONE_NEWNS/,
  },
  {
    name: "another flag",
    edits: [[LINE, "    unshareflags: CLONE_NEWUTS,\n"]],
    fact: "keeps-mounts-from-host",
    hint: /unshareflags: CLONE_NEWNS/,
  },
  {
    name: "a flag that is not for there",
    edits: [[LINE, "    unshareflags: CLONE_NEWPID,\n"]],
    fact: "runs-command",
    hint: /which flags go where/,
  },
  {
    name: "private too late",
    edits: [
      [LINE, ""],
      IMPORT,
      [PROC, `${PROC}  mount("none", "/proc", null, MS_REC | MS_PRIVATE);\n`],
    ],
    fact: "keeps-mounts-from-host",
    hint: /too late/,
  },
  {
    name: "private when / is a directory already",
    edits: [[LINE, ""], IMPORT, [PROC, `  ${PRIVATE}${PROC}`]],
    fact: "runs-command",
    hint: /must be changed before/,
  },
  {
    name: "the host made private",
    edits: [
      [LINE, ""],
      IMPORT,
      ["  const container = spawn", `  ${PRIVATE}  const container = spawn`],
    ],
    fact: "leaves-host-shared",
    hint: /in the host's own mount namespace/,
  },
  {
    name: "no new mount namespace at all",
    edits: [
      [LINE, ""],
      [
        "cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS",
        "cloneflags: CLONE_NEWUTS | CLONE_NEWPID",
      ],
      [
        "Namespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS)",
        "Namespaces(CLONE_NEWUTS | CLONE_NEWPID)",
      ],
    ],
    fact: "new-mnt-namespace",
    hint: /CLONE_NEWNS is missing/,
  },
];
