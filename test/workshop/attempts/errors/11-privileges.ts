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
    name: "no flag, and no CAP_SYS_ADMIN either",
    edits: [["  prctl(PR_SET_NO_NEW_PRIVS, 1);\n", "  void PR_SET_NO_NEW_PRIVS;\n"]],
    fact: "runs-command",
    actual: /EACCES/,
    hint: /PR_SET_NO_NEW_PRIVS first/,
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
