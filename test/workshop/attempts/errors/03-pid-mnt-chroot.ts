import type { Mistake } from "../attempt.ts";

const PLACE = 'path.join(import.meta.dirname, "../../../ubuntu-fs")';
const LINE = `/** At the root of the repo; \`pnpm rootfs\` makes it. */\nconst UBUNTU_FS = ${PLACE};\n`;
const CHROOT = "  chroot(UBUNTU_FS);\n";
const CHDIR = '  process.chdir("/");\n';
const PROC = '  mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC);\n';
const GUARDS = "  dieWithParent();\n";
const ALL = "CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS";
const UMOUNT = 'umount("/proc", MNT_DETACH)';

const WAIT = "  process.exitCode = await wait(container, 5);\n";

/** The end of what is shown of an error of the kernel's: no advice that is for machines comes before. */
const only = (message: string) => new RegExp(`: 03-pid-mnt-chroot: ${message}`);

export const errors: Mistake[] = [
  {
    name: "UBUNTU_FS is nowhere",
    edits: [[LINE, ""]],
    fact: "runs-command",
    hint: /const UBUNTU_FS = path\.join/,
  },
  {
    name: "UBUNTU_FS below the switch",
    edits: [
      [LINE, ""],
      ["\nasync function run", `\n${LINE}\nasync function run`],
    ],
    fact: "runs-command",
    hint: /belongs above it/,
  },
  {
    name: "path not imported",
    edits: [['import path from "node:path";\n', ""]],
    fact: "runs-command",
    hint: /import path from "node:path"/,
  },
  {
    name: "a root that is looked for where one stands",
    edits: [[PLACE, '"ubuntu-fs"']],
    fact: "runs-command",
    actual: only("ENOENT"),
    hint: /looked for in the working directory/,
  },
  {
    name: "a root at the top of the host",
    edits: [[PLACE, '"/ubuntu-fs"']],
    fact: "runs-command",
    actual: only("ENOENT"),
    hint: /There is no \/ubuntu-fs/,
  },
  {
    name: "chroot twice",
    edits: [[CHROOT, `${CHROOT}${CHROOT}`]],
    fact: "runs-command",
    actual: only("ENOENT"),
    hint: /has chroot run before\?/,
  },
  {
    name: "a file for a root",
    edits: [['"../../../ubuntu-fs"', '"../../../ubuntu-fs/ROOT_OF_CONTAINER"']],
    fact: "runs-command",
    hint: /is a file, and a root is a folder/,
  },
  {
    name: "another folder for a root",
    edits: [['"../../../ubuntu-fs"', '"../../../docs"']],
    fact: "runs-command",
    hint: /The root has no folder \/proc/,
  },
  {
    name: "chroot in run",
    edits: [
      [CHROOT, ""],
      ["  // Run this same", `${CHROOT}  // Run this same`],
    ],
    fact: "runs-command",
    actual: only("ENOENT"),
    hint: /chroot is for child/,
  },
  {
    name: "pivot_root, which fails",
    edits: [
      [CHROOT, '  spawnSync("pivot_root", [UBUNTU_FS, UBUNTU_FS], { stdio: "inherit" });\n'],
      ["import path", 'import { spawnSync } from "node:child_process";\nimport path'],
    ],
    fact: "own-root",
    actual: /the host's root; the code said: pivot_root: /,
    hint: /see pivot_root\(2\)/,
  },
  {
    name: "what reads the host's /proc comes last",
    edits: [
      [GUARDS, ""],
      [PROC, `${PROC}${GUARDS}`],
    ],
    fact: "runs-command",
    hint: /come first in child\(\)/,
  },
  {
    name: "a file of the host after chroot",
    edits: [
      [CHDIR, `${CHDIR}  readFileSync(import.meta.filename);\n`],
      ["import { existsSync }", "import { existsSync, readFileSync }"],
    ],
    fact: "runs-command",
    actual: only("ENOENT"),
    hint: /is there on the host, and nobody finds it after chroot/,
  },
  {
    name: "flags combined with ||",
    edits: [
      [`cloneflags: ${ALL}`, `cloneflags: ${ALL.replaceAll("|", "||")}`],
      [`Namespaces(${ALL})`, "Namespaces(CLONE_NEWUTS)"],
    ],
    fact: "new-pid-namespace",
    hint: /CLONE_NEWUTS \|\| CLONE_NEWPID is only CLONE_NEWUTS/,
  },
  {
    name: "an array of flags",
    edits: [[`cloneflags: ${ALL}`, `cloneflags: [${ALL.replaceAll(" |", ",")}]`]],
    fact: "runs-command",
    hint: /without quotes or brackets/,
  },
  {
    name: "mount without flags",
    edits: [[PROC, '  mount("proc", "/proc");\n']],
    fact: "runs-command",
    hint: /flags: 0 for none/,
  },
  {
    name: "a type that is none",
    edits: [[PROC, PROC.replace('"proc", MS', '"procfs", MS')]],
    fact: "runs-command",
    hint: /no file system of the type procfs/,
  },
  {
    name: "another type",
    edits: [[PROC, PROC.replace('"proc", MS', '"tmpfs", MS')]],
    fact: "own-proc",
    actual: /tmpfs is mounted on \/proc/,
    hint: /mount\("proc", "\/proc", "proc", 0\)/,
  },
  {
    name: "the host's /proc, bound",
    edits: [
      [PROC, ""],
      [CHROOT, `  mount("/proc", path.join(UBUNTU_FS, "proc"), null, MS_BIND);\n${CHROOT}`],
      ["  MNT_DETACH,\n", "  MNT_DETACH,\n  MS_BIND,\n"],
    ],
    fact: "own-proc",
    actual: /it shows another one, pid:/,
    hint: /or bound from the host's/,
  },
  {
    name: "umount in run, of the host's",
    edits: [
      [`if (existsSync("/proc/self")) ${UMOUNT};`, "void existsSync;"],
      [WAIT, `${WAIT}  ${UMOUNT};\n`],
    ],
    fact: "unmounts-at-end",
    actual: /\/proc is not mounted any more/,
    hint: /it must run inside/,
  },
  {
    name: "umount where the host has it",
    edits: [[UMOUNT, 'umount(path.join(UBUNTU_FS, "proc"), MNT_DETACH)']],
    fact: "runs-command",
    hint: /After chroot and chdir, the container's is \/proc/,
  },
];
