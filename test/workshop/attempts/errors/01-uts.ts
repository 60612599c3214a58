import type { Edit, Mistake } from "../attempt.ts";

const IMPORT = "import { CLONE_NEWUTS, oneLineErrors, spawn, wait }";
const OPTIONS = '    stdio: "inherit",\n';
const FLAGS = "cloneflags: CLONE_NEWUTS";
const START = "  const container";

/** Edits that have Node's own program-starter in place of ours. */
function nodes(name: string): Edit {
  return [
    IMPORT,
    `import { ${name} } from "node:child_process";\nimport { CLONE_NEWUTS, oneLineErrors, unshare, wait }`,
  ];
}

export const errors: Mistake[] = [
  {
    name: "Node's own spawn, which ignores cloneflags",
    edits: [nodes("spawn")],
    fact: "new-uts-namespace",
    hint: /^The spawn that gets the flags is Node's own/,
  },
  {
    name: "cloneFlags",
    edits: [[FLAGS, "cloneFlags: CLONE_NEWUTS"]],
    fact: "new-uts-namespace",
    hint: /does not know cloneFlags: the option is called cloneflags/,
  },
  {
    name: "flags combined with &",
    edits: [
      [IMPORT, IMPORT.replace("{", "{ CLONE_NEWNS,")],
      [FLAGS, `${FLAGS} & CLONE_NEWNS`],
    ],
    fact: "new-uts-namespace",
    hint: /combined with \|\. CLONE_NEWUTS & CLONE_NEWNS has no flag at all/,
  },
  {
    name: "a flag in quotes",
    edits: [[FLAGS, 'cloneflags: "CLONE_NEWUTS"']],
    fact: "runs-command",
    hint: /^Flags are numbers/,
  },
  {
    name: "a flag that is not there",
    edits: [[IMPORT, IMPORT.replace("CLONE_NEWUTS", "CLONE_NEWHOST")]],
    fact: "runs-command",
    hint: /has no CLONE_NEWHOST\. Perhaps it should be .*CLONE_NEWUTS/,
  },
  {
    name: "ours not imported",
    edits: [[IMPORT, IMPORT.replace("spawn, ", "")]],
    fact: "runs-command",
    hint: /import \{ spawn \} from there/,
  },
  {
    name: "Node's imported from us",
    edits: [[IMPORT, IMPORT.replace("spawn,", "spawn, spawnSync,")]],
    fact: "runs-command",
    hint: /has no spawnSync\. It is Node's: .* "node:child_process"/,
  },
  {
    name: "another package",
    edits: [['"shared-native"', '"share-native"']],
    fact: "runs-command",
    hint: /There is no package share-native here/,
  },
  {
    name: "a file in place of the package",
    edits: [['"shared-native"', '"./shared-native"']],
    fact: "runs-command",
    hint: /has no \.\/ in front/,
  },
  {
    name: "require",
    edits: [
      [
        `${IMPORT} from "shared-native"`,
        `${IMPORT.replace("import", "const")} = require("shared-native")`,
      ],
    ],
    fact: "runs-command",
    hint: /ES module/,
  },
  {
    name: "an enum",
    edits: [["oneLineErrors();\n", "enum Mode { run }\nvoid Mode;\noneLineErrors();\n"]],
    fact: "runs-command",
    hint: /only takes the types away/,
  },
  {
    name: "await in a function that is not async",
    edits: [["async function run", "function run"]],
    fact: "runs-command",
    hint: /async function run/,
  },
  {
    name: "a name twice",
    edits: [["const [file = ", 'const file = "";\n  const [file = ']],
    fact: "runs-command",
    hint: /there twice/,
  },
  {
    name: "no await",
    edits: [["await wait(container)", "wait(container)"]],
    fact: "runs-command",
    hint: /await is missing/,
  },
  {
    name: "a method that is not there, in a line that is named",
    edits: [["wait(container)", "container.wait()"]],
    fact: "runs-command",
    hint: /the line that it names: 28/,
  },
  {
    name: "an error of its own, with no line to read",
    edits: [[START, `  throw new Error("not yet");\n${START}`]],
    fact: "runs-command",
    actual: /01-uts: not yet$/,
    hint: /^Read the message: it says what has failed\.$/,
  },
  {
    name: "a shell in between",
    edits: [[OPTIONS, `${OPTIONS}    shell: true,\n`]],
    fact: "runs-command",
    hint: /a shell in between has taken them apart/,
  },
  {
    name: "one line for a shell",
    edits: [
      nodes("execSync"),
      [
        `${START} = spawn(file, args, {\n`,
        '  unshare(CLONE_NEWUTS);\n  execSync(command.join(" "), {\n',
      ],
      ["  process.exitCode = await wait(container);\n", "  void [file, args];\n"],
    ],
    fact: "runs-command",
    hint: /execSync give a line to a shell/,
  },
  {
    name: "a folder that is not there",
    edits: [[OPTIONS, `${OPTIONS}    cwd: "/nowhere",\n`]],
    fact: "runs-command",
    hint: /Perhaps the folder in cwd/,
  },
  {
    name: "no input for the command",
    edits: [[OPTIONS, '    stdio: ["ignore", "inherit", "inherit"],\n']],
    fact: "new-uts-namespace",
    hint: /stdio/,
  },
  {
    name: "the command twice",
    edits: [
      [
        "  process.exitCode",
        "  await wait(spawn(file, args, { stdio: 'inherit' }));\n  process.exitCode",
      ],
    ],
    fact: "runs-command",
    hint: /more than once|never comes/,
  },
  {
    name: "another status",
    edits: [["await wait(container)", "(await wait(container)) + 1"]],
    fact: "passes-status",
    hint: /Somebody in between changes it/,
  },
];
