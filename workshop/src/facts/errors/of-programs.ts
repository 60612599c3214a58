import { lstatSync } from "node:fs";
import path from "node:path";
import { ubuntuFs } from "host";
import type { KnownError } from "./known-error.ts";

const PROGRAM =
  "What is started must be the program and its arguments, as they were typed: command[0], then the rest.";

/** Errors of programs that the code starts, and of starting them. */
export const programErrors: KnownError[] = [
  {
    pattern:
      /command not found|dynamic loader is not there|: exec: [^\n]*not found|(?:ENOENT|EACCES|E2BIG)[^\n]*spawn|spawn [^\n]*(?:ENOENT|EACCES)/,
    hint: ([error], { stage, source }) => {
      if (error.includes("loader") && !/\bcwd:/.test(source))
        return "The program is there, and what it needs to start is not: its dynamic loader, or the program in its first line. Both belong into the same root.";
      if (/\bcwd:/.test(source))
        return `${PROGRAM} Perhaps the folder in cwd is not there: the kernel says the same then.`;
      if (stage.root === "host") return PROGRAM;
      if (!hasShell())
        return 'ubuntu-fs has no shell, so nothing can be tried in it: type "pnpm rootfs".';
      return error.includes(": exec: ")
        ? 'What the shell executes must be the program and its arguments. sh -c takes a script, a word for $0, then the command, which is "$@": "-c", script, "sh", ...command.'
        : `${PROGRAM} After chroot, it is looked for in the new root.`;
    },
  },
  {
    pattern: /printf: (?:usage|not enough|missing|I need)|[Uu]sage: printf/,
    hint: "The arguments go from run() to the command as they are, each one an element of the array. Perhaps a shell in between has taken them apart.",
  },
  {
    pattern: /Command failed: /,
    hint: (_, { stage }) =>
      stage.root === "host"
        ? "The program failed. exec and execSync give a line to a shell, which takes the arguments apart again: spawn takes them as they are."
        : "The program failed. After chroot, programs are looked for in the new root, and they need a /proc of their own there, perhaps.",
  },
  {
    pattern: /Syntax error|syntax error|unexpected EOF|Unterminated/,
    hint: 'Perhaps a shell has taken the arguments apart: "$@" in double quotes, or spawn without a shell, hands them on as they are.',
  },
  {
    pattern: /sh: (?:\d+: )?cannot open |^sh: \S+: No such file or directory/,
    hint: "The command says this. Perhaps its arguments are not those that were typed: they come after command[0].",
  },
  {
    pattern: /error while loading shared libraries/,
    hint: "That program needs a library which its root does not have. Node belongs to the host: in the new root, only the command is started.",
  },
  {
    pattern: /EPERM/,
    hint: "The kernel refused it. Perhaps the process is in another namespace than you think.",
  },
];

/** Tells whether the root has what the facts start, whatever a link in it may lead to. */
function hasShell(): boolean {
  const places = ["bin/sh", "usr/bin/sh"].map((place) => path.join(ubuntuFs, place));
  return places.some((place) => lstatSync(place, { throwIfNoEntry: false }) !== undefined);
}
