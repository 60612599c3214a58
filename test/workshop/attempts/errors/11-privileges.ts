import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "a jump that leads out of the filter",
    edits: [["0, 3),", "0, 30),"]],
    fact: "runs-command",
    actual: /EINVAL/,
    hint: /each jump has to end inside of it/,
  },
  {
    name: "a filter that ends without an answer",
    edits: [
      [
        "    instruction(BPF_RETURN, SECCOMP_RET_ALLOW),\n",
        "    instruction(BPF_LOAD, SECCOMP_RET_ALLOW && 0),\n",
      ],
    ],
    fact: "runs-command",
    actual: /EINVAL/,
    hint: /the last instruction has to be an answer/,
  },
  {
    name: "yes and no mixed up: what is not mount is refused",
    edits: [["instruction(BPF_EQUAL, call, 0, 1)", "instruction(BPF_EQUAL, call, 1, 0)"]],
    fact: "runs-command",
    hint: /./,
  },
];
