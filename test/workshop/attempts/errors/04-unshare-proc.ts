import type { Edit, Mistake } from "../attempt.ts";

const LINE = "    unshareflags: CLONE_NEWNS,\n";
const CHROOT = "  chroot(UBUNTU_FS);\n";

/** Edits that change a propagation in child, in place of unshareflags. */
function inChild(target: string, flags: string): Edit[] {
  const names = flags.split(/\W+/).map((name) => `  ${name},\n`);
  return [
    [LINE, ""],
    ["  MS_NOSUID,\n", `  MS_NOSUID,\n${names.join("")}`],
    [CHROOT, `  mount("none", ${target}, null, ${flags});\n${CHROOT}`],
  ];
}

export const errors: Mistake[] = [
  {
    name: "flags combined with &",
    edits: inChild('"/"', "MS_REC & MS_PRIVATE"),
    fact: "runs-command",
    hint: /MS_REC & MS_PRIVATE has no flag at all/,
  },
  {
    name: "two propagations at once",
    edits: inChild('"/"', "MS_PRIVATE | MS_SLAVE"),
    fact: "runs-command",
    hint: /A propagation stands alone/,
  },
  {
    name: "a folder that is no mount",
    edits: inChild("UBUNTU_FS", "MS_REC | MS_PRIVATE"),
    fact: "runs-command",
    hint: /ubuntu-fs is a directory, not a mount/,
  },
  {
    name: "the propagation that there is already",
    edits: inChild('"/"', "MS_REC | MS_SHARED"),
    fact: "keeps-mounts-from-host",
    hint: /still shares/,
  },
  {
    name: "unshareFlags",
    edits: [[LINE, LINE.replace("flags", "Flags")]],
    fact: "keeps-mounts-from-host",
    hint: /does not know unshareFlags: the option is called unshareflags/,
  },
  {
    name: "unshareflags in child, after chroot",
    edits: [
      [LINE, ""],
      [
        'spawn(file, args, { stdio: "inherit" })',
        `spawn(file, args, { stdio: "inherit", ${LINE.trim()} })`,
      ],
    ],
    fact: "runs-command",
    hint: /unshareflags is for the spawn in run\(\)/,
  },
];
