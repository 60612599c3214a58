import type { Mistake } from "../attempt.ts";

export const starter = { fact: "image-unchanged", hint: /Mount an overlay instead/ };

export const mistakes: Mistake[] = [
  {
    name: "one directory for all containers",
    edits: [
      [
        "const directory = path.join(CONTAINERS, name);",
        'const directory = path.join(CONTAINERS, "container", name.slice(99));',
      ],
      ["mkdirSync(directory, { mode: 0o700 });", "mkdirSync(directory, { recursive: true });"],
      [
        "mkdirSync(path.join(directory, each));",
        "mkdirSync(path.join(directory, each), { recursive: true });",
      ],
    ],
    fact: "two-apart",
    hint: /Each needs a new one/,
  },
  {
    name: "changes that nobody removes",
    edits: [["  removeTreeAtEnd(directory);\n", ""]],
    fact: "removes-changes",
    hint: /removeTreeAtEnd/,
  },
  {
    name: "--read-only is taken off, and means nothing",
    edits: [['"--read-only" in options ? MS_RDONLY : 0', "0"]],
    fact: "read-only",
    actual: /it can/,
    hint: /MS_RDONLY/,
  },
  {
    name: "--read-only is not known",
    edits: [["init|read-only|", "init|"]],
    fact: "read-only",
    actual: /usage/,
    hint: /take it off the words/,
  },
  {
    name: "all is read-only",
    edits: [['"--read-only" in options ? MS_RDONLY : 0', "MS_RDONLY"]],
    fact: "image-unchanged",
    hint: /MS_RDONLY/,
  },
  {
    name: "the lowest layer on top",
    edits: [[".sort().reverse()", ".sort()"]],
    fact: "layers",
    hint: /first in lowerdir is the topmost/,
  },
  {
    name: "one layer of several",
    edits: [['layers.join(":")', "layers.at(-1)"]],
    fact: "layers",
    hint: /first in lowerdir is the topmost/,
  },
];
