import type { Mistake } from "../attempt.ts";

export const starter = { fact: "create-waits", hint: /Read the message/ };

export const mistakes: Mistake[] = [
  {
    name: "create that does not end",
    edits: [["  await launch(line);\n  process.exit();", "  await launch(line);"]],
    fact: "create-waits",
    actual: /still running when nothing happened/,
    hint: /keeps Node alive/,
  },
  {
    name: "create that starts the program, too",
    edits: [
      [
        "  await launch(line);\n  process.exit();",
        "  await launch(line);\n  start(line);\n  process.exit();",
      ],
    ],
    fact: "create-waits",
    actual: /sleep 1000 already/,
    hint: /The program is for start/,
  },
  {
    name: "a state that only people can read",
    edits: [
      [
        "console.log(JSON.stringify(publicState(load(line)), null, 2));",
        "console.log(publicState(load(line)));",
      ],
    ],
    fact: "state",
    hint: /JSON\.stringify/,
  },
  {
    name: "the state as it was noted",
    edits: [["JSON.stringify(publicState(load(line)), null, 2)", "JSON.stringify(load(line))"]],
    fact: "states",
    actual: /it says running/,
    hint: /looks whether it is there/,
  },
  {
    name: "start that writes nothing",
    edits: [
      ['  writeSync(fd, "x");\n', "  void writeSync;\n"],
      ["  waitForProgram(folder);\n", ""],
    ],
    fact: "start",
    actual: /child/,
    hint: /one byte is enough/,
  },
  {
    name: "start that notes nothing",
    edits: [['  container.status = "running";\n', ""]],
    fact: "states",
    actual: /it says created/,
    hint: /save\(\)/,
  },
  {
    name: "kill that knows one signal",
    edits: [['readSignal(line.args[0] ?? "SIGTERM")', 'readSignal("SIGTERM")']],
    fact: "kill",
    actual: /nothing came/,
    hint: /line\.args/,
  },
  {
    name: "kill that kills unless told otherwise",
    edits: [['line.args[0] ?? "SIGTERM"', 'line.args[0] ?? "SIGKILL"']],
    fact: "kill",
    actual: /nothing came/,
    hint: /SIGTERM if there is none/,
  },
  {
    name: "kill of whoever has the PID now",
    edits: [
      ['  if (statusOf(container) === "stopped") throw new Error("container not running");\n', ""],
    ],
    fact: "kill-stopped",
    actual: /status 0/,
    hint: /another's by now/,
  },
  {
    name: "cgroups that stay",
    edits: [
      ["  }\n  removeContainer(folder, container, line.options);\n}", "  }\n  forget(folder);\n}"],
    ],
    fact: "delete",
    actual: /cgroup.*web/,
    hint: /the cgroups, and then its folder/,
  },
  {
    name: "delete of what is alive",
    edits: [['if (status !== "stopped" && !force) {', 'if (status === "created") {']],
    fact: "delete-alive",
    actual: /status 0/,
    hint: /--force in line\.options/,
  },
  {
    name: "--force that minds when nobody is there",
    edits: [
      [
        "  if (force && !isThere(line)) {\n    forget(folder);\n    return;\n  }\n",
        "  void isThere, forget;\n",
      ],
    ],
    fact: "delete-force",
    actual: /does not exist: nobody/,
    hint: /isThere\(\)/,
  },
  {
    name: "run that swallows the status",
    edits: [["process.exitCode = await ended;", "await ended;"]],
    fact: "run",
    actual: /status 0/,
    hint: /process\.exitCode/,
  },
  {
    name: "run that leaves the container",
    edits: [
      ["    removeContainer(folderOf(line), load(line), line.options);\n", "    void folderOf;\n"],
    ],
    fact: "run",
    actual: /there is still web/,
    hint: /try … finally/,
  },
];
