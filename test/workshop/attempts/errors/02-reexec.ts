import type { Mistake } from "../attempt.ts";

const GUARD = "  requireNewNamespaces(CLONE_NEWUTS);\n";
const MAIN = "  console.error(`Running main";

export const errors: Mistake[] = [
  {
    name: "Node's own spawn, which ignores cloneflags",
    edits: [
      ["  spawn,\n", ""],
      ["oneLineErrors();\n", 'import { spawn } from "node:child_process";\noneLineErrors();\n'],
    ],
    fact: "runs-command",
    hint: /^The spawn that gets the flags is Node's own/,
  },
  {
    name: "the guard in run",
    edits: [[MAIN, `${GUARD}${MAIN}`]],
    fact: "runs-command",
    hint: /^requireNewNamespaces ran in the host's UTS namespace/,
  },
  {
    name: "no break after run",
    edits: [["    await run();\n    break;\n", "    await run();\n"]],
    fact: "runs-command",
    hint: /a break is missing/,
  },
  {
    name: "child without the command",
    edits: [['"child", ...command]', '"child"]']],
    fact: "runs-command",
    actual: /: usage: /,
    hint: /started without a command/,
  },
  {
    name: "a file that is looked for where one stands",
    edits: [["import.meta.filename", '"main.ts"']],
    fact: "runs-command",
    hint: /import\.meta\.filename/,
  },
  {
    name: "the folder of the file",
    edits: [["import.meta.filename", "import.meta.dirname"]],
    fact: "runs-command",
    hint: /is a folder, .* import\.meta\.filename/,
  },
  {
    name: "text without quotes",
    edits: [['sethostname("container")', "sethostname(container)"]],
    fact: "runs-command",
    hint: /text needs quotes/,
  },
  {
    name: "a name with a line feed",
    edits: [['sethostname("container")', 'sethostname("container\\n")']],
    fact: "names-container",
    actual: /"container\\n"/,
    hint: /sethostname\("container"\)/,
  },
  {
    name: "waits when the command has ended",
    edits: [
      [
        'process.exitCode = await wait(spawn(file, args, { stdio: "inherit" }));',
        'const shell = spawn(file, args, { stdio: "inherit" });\n  await wait(shell);\n  process.exitCode = await wait(shell);',
      ],
    ],
    fact: "runs-command",
    hint: /Something is awaited that never comes/,
  },
];
