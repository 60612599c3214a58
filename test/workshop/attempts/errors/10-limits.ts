import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "a number written where a text belongs",
    edits: [
      [
        "writeFileSync(path.join(cgroup, file), `${settings[file]}`)",
        "writeFileSync(path.join(cgroup, file), settings[file] as string)",
      ],
    ],
    fact: "runs-command",
    actual: /must be of type string/,
    hint: /./,
  },
  {
    name: "a controller that is called otherwise",
    edits: [['controller: "pids"', 'controller: "tasks"']],
    fact: "runs-command",
    hint: /./,
  },
];
