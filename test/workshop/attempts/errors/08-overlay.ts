import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "no directory for the kernel to work in",
    edits: [[`,workdir=\${directory}/work\``, "`"]],
    fact: "runs-command",
    hint: /upperdir and workdir/,
  },
  {
    name: "directories that nobody has made",
    edits: [
      [
        '  for (const each of ["upper", "work"]) mkdirSync(path.join(directory, each));\n',
        '  mkdirSync(path.join(directory, "upper"));\n',
      ],
    ],
    fact: "runs-command",
    hint: /is not there/,
  },
  {
    name: "a working directory below the mount",
    edits: [
      [
        '  mount("overlay", image, "overlay", flags, data);\n  process.chdir(image);\n',
        '  mount("overlay", image, "overlay", flags, data);\n',
      ],
    ],
    fact: "runs-command",
    hint: /does not stand in the new mount/,
  },
];
