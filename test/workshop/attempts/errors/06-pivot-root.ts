import type { Mistake } from "../attempt.ts";

const BIND = "  mount(UBUNTU_FS, UBUNTU_FS, null, MS_BIND | MS_REC);\n";
const CHDIR = "  process.chdir(UBUNTU_FS);\n";

export const errors: Mistake[] = [
  {
    name: "no mount made of the folder",
    edits: [[BIND, ""]],
    fact: "runs-command",
    hint: /comes after mount|has to be a mount point/,
  },
  {
    name: "chdir before the mount",
    edits: [
      [CHDIR, ""],
      [BIND, `${CHDIR}${BIND}`],
    ],
    fact: "runs-command",
    hint: /process\.chdir\(UBUNTU_FS\) comes after mount/,
  },
  {
    name: "mounts that are shared",
    edits: [["    unshareflags: CLONE_NEWNS,\n", ""]],
    fact: "runs-command",
    hint: /its parent must not be shared/,
  },
  {
    name: "the descriptor not handed on",
    edits: [["join, [3]);", "join);"]],
    fact: "runs-command",
    hint: /in its last argument, \[3\]/,
  },
  {
    name: "pivot_root after chroot",
    edits: [
      ["  dieWithParent,\n", "  chroot,\n  dieWithParent,\n"],
      [BIND, `${BIND}  chroot(UBUNTU_FS);\n`],
      [CHDIR, '  process.chdir("/");\n'],
    ],
    fact: "runs-command",
    hint: /In a chroot it is too late|comes after mount/,
  },
  {
    name: "/proc looked for in the old root",
    edits: [['mount("proc", "/proc"', 'mount("proc", "/mnt/proc"']],
    fact: "runs-command",
    hint: /There is no folder \/mnt\/proc/,
  },
];
