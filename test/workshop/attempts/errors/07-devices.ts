import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "a folder that is not made",
    edits: [['  mkdirSync("dev/shm");\n', ""]],
    fact: "runs-command",
    hint: /There is no folder dev\/shm/,
  },
];
