import type { Mistake } from "../attempt.ts";

export const starter = { fact: "new-pid-namespace", hint: /CLONE_NEWPID is missing/ };

const ALL = "CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS";
const CHDIR = '  process.chdir("/");\n';
const CHROOT = "  chroot(UBUNTU_FS);\n";
const PROC = '  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);\n';
const UMOUNT = 'if (existsSync("/proc/self")) umount("/proc", MNT_DETACH);';

export const mistakes: Mistake[] = [
  {
    name: "chroot without chdir",
    edits: [[CHDIR, ""]],
    fact: "runs-command",
    hint: /process\.chdir\("\/"\) comes next/,
  },
  {
    name: "chdir before chroot",
    edits: [
      [CHDIR, ""],
      [CHROOT, `${CHDIR}${CHROOT}`],
    ],
    fact: "runs-command",
    hint: /process\.chdir\("\/"\) comes next/,
  },
  {
    name: "chroot without chdir, and Node's own spawn",
    edits: [
      [CHDIR, ""],
      ["    const shell = spawn(file", "    const shell = nodeSpawn(file"],
      [
        "import { existsSync }",
        'import { spawn as nodeSpawn } from "node:child_process";\nimport { existsSync }',
      ],
    ],
    fact: "stands-in-root",
    hint: /process\.chdir\("\/"\) comes next/,
  },
  {
    name: "/proc mounted before chroot",
    edits: [
      [PROC, ""],
      [CHROOT, `${PROC}${CHROOT}`],
    ],
    fact: "own-proc",
    hint: /First chroot and chdir, then mount/,
  },
  {
    name: "/proc not mounted",
    edits: [[PROC, ""]],
    fact: "own-proc",
    hint: /child\(\) must call mount/,
  },
  {
    name: "no chroot",
    edits: [[CHROOT, ""]],
    fact: "own-root",
    hint: /must call chroot/,
  },
  {
    name: "a root that is not there",
    edits: [['"../../../ubuntu-fs"', '"../../ubuntu-fs"']],
    fact: "runs-command",
    hint: /at the top of the repo/,
  },
  {
    name: "no PID namespace",
    edits: [
      [`cloneflags: ${ALL}`, "cloneflags: CLONE_NEWUTS | CLONE_NEWNS"],
      [`requireNewNamespaces(${ALL})`, "requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWNS)"],
    ],
    fact: "new-pid-namespace",
    hint: /CLONE_NEWPID is missing/,
  },
  {
    name: "the PID namespace made for the command, not for child",
    edits: [
      [`cloneflags: ${ALL}`, "cloneflags: CLONE_NEWUTS | CLONE_NEWNS"],
      [`requireNewNamespaces(${ALL})`, "requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWNS)"],
      [
        'spawn(file, args, { stdio: "inherit" })',
        'spawn(file, args, { stdio: "inherit", cloneflags: CLONE_NEWPID })',
      ],
    ],
    fact: "own-proc",
    hint: /that must be child\(\)/,
  },
  {
    name: "no mount namespace",
    edits: [
      [`cloneflags: ${ALL}`, "cloneflags: CLONE_NEWUTS | CLONE_NEWPID"],
      [`requireNewNamespaces(${ALL})`, "requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID)"],
    ],
    fact: "new-mnt-namespace",
    hint: /CLONE_NEWNS is missing/,
  },
  {
    name: "flags changed in one place only",
    edits: [[`cloneflags: ${ALL}`, "cloneflags: CLONE_NEWUTS | CLONE_NEWNS"]],
    fact: "runs-command",
    hint: /the host's PID namespace/,
  },
  {
    name: "no umount",
    edits: [[UMOUNT, ""]],
    fact: "unmounts-at-end",
    hint: /umount\("\/proc"\) when the command has ended/,
  },
  {
    name: "umount as soon as the command has started",
    edits: [
      [UMOUNT, ""],
      [
        "    process.exitCode = await wait(shell);\n",
        '    umount("/proc", MNT_DETACH);\n    process.exitCode = await wait(shell);\n',
      ],
    ],
    fact: "own-proc",
    hint: /child\(\) must call mount/,
  },
  {
    name: "input kept from the command",
    edits: [
      [
        'spawn(file, args, { stdio: "inherit" })',
        'spawn(file, args, { stdio: ["pipe", "inherit", "inherit"] })',
      ],
    ],
    fact: "ends-all",
    hint: /what the one who typed it types/,
  },
  {
    name: "status swallowed by child",
    edits: [["process.exitCode = await wait(shell)", "await wait(shell)"]],
    fact: "passes-status",
    hint: /swallows it/,
  },
];
