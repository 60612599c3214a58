import type { Mistake } from "../attempt.ts";

export const starter = { fact: "new-ipc-namespace", hint: /CLONE_NEWIPC is missing/ };

const IPC = " | CLONE_NEWNS | CLONE_NEWIPC";
const DEV = '  mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755,size=65536k");\n';
const DEVICES = "  mountDevices(terminal);\n";
const PIVOT = '  pivotRoot(".", ".");\n';
const PTS = 'mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options);';

export const mistakes: Mistake[] = [
  {
    name: "no IPC namespace",
    edits: [
      [
        `cloneflags: CLONE_NEWUTS | CLONE_NEWPID${IPC}`,
        "cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS",
      ],
      [
        `Namespaces(CLONE_NEWUTS | CLONE_NEWPID${IPC})`,
        "Namespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS)",
      ],
    ],
    fact: "new-ipc-namespace",
    hint: /CLONE_NEWIPC is missing/,
  },
  {
    name: "the host's /dev, whole",
    edits: [[DEV, '  if (UBUNTU_FS) return mount("/dev", "dev", null, MS_BIND | MS_REC);\n']],
    fact: "devices",
    hint: /The host's \/dev has its disks/,
  },
  {
    name: "devices mounted when the host's are out of sight",
    edits: [
      [DEVICES, ""],
      [PIVOT, `${PIVOT}${DEVICES}`],
    ],
    fact: "devices",
    hint: /before the old root is gone/,
  },
  {
    name: "a device forgotten",
    edits: [['"null", "zero", "full"', '"null", "zero"']],
    fact: "devices",
    hint: /an empty file will do/,
  },
  {
    name: "the terminals of the host",
    edits: [[PTS, 'mount("/dev/pts", "dev/pts", null, MS_BIND);\n  void options;']],
    fact: "own-dev",
    hint: /do not bind the host's/,
  },
  {
    name: "nothing hidden",
    edits: [["  hideKernel();\n", ""]],
    fact: "kernel-hidden",
    hint: /in two steps/,
  },
  {
    name: "read-only in one step",
    edits: [["    mount(path, path, null, MS_BIND | MS_REMOUNT | flags);\n", "    void flags;\n"]],
    fact: "kernel-hidden",
    hint: /in two steps/,
  },
  {
    name: "protected, and not hidden",
    edits: [["MASKED.filter((each) => existsSync(each))", "MASKED.filter(() => false)"]],
    fact: "kernel-hidden",
    hint: /hidden below \/dev\/null/,
  },
  {
    name: "the session of whoever starts it",
    edits: [["    detached: true,\n", ""]],
    fact: "own-session",
    hint: /detached: true/,
  },
  {
    name: "your terminal",
    edits: [
      ["stdio: [...terminal.stdio, procs]", 'stdio: ["inherit", "inherit", "inherit", procs]'],
    ],
    fact: "own-terminal",
    hint: /openTerminal\(\)\.stdio/,
  },
  {
    name: "a terminal that nobody takes",
    edits: [
      [
        "const terminal = takeTerminal();",
        "const terminal: string | undefined = undefined;\n  void takeTerminal;",
      ],
    ],
    fact: "own-terminal",
    hint: /takeTerminal/,
  },
  {
    name: "a terminal that nobody connects",
    edits: [["  terminal.connect();\n", ""]],
    fact: "own-terminal",
    hint: /connect\(\)/,
  },
];
