import type { Mistake } from "../attempt.ts";

export const starter = { fact: "capabilities", hint: /takes one out of the bounding set/ };

const DROP = "if (!CAPABILITIES.includes(capability)) prctl(PR_CAPBSET_DROP, capability);";

export const mistakes: Mistake[] = [
  {
    name: "one too many kept: CAP_SYS_ADMIN",
    edits: [[DROP, `if (capability !== 21) ${DROP}`]],
    fact: "capabilities",
    hint: /takes one out of the bounding set/,
  },
  {
    name: "only those dropped that were there when Linux was young",
    edits: [["capability <= last", "capability <= 31 && last"]],
    fact: "capabilities",
    hint: /cap_last_cap/,
  },
  {
    name: "no flag",
    edits: [["  prctl(PR_SET_NO_NEW_PRIVS, 1);\n", "  void PR_SET_NO_NEW_PRIVS;\n"]],
    fact: "no-new-privileges",
    hint: /PR_SET_NO_NEW_PRIVS, 1/,
  },
  {
    name: "a filter that is never set",
    edits: [["  seccomp(filter());\n", "  void seccomp, filter();\n"]],
    fact: "filter",
    hint: /on the main thread/,
  },
  {
    name: "a filter that forgets unshare",
    edits: [['["unshare", "setns"]', '["setns"]']],
    fact: "filter",
    actual: /it did what it should not/,
    hint: /unshare comes/,
  },
  {
    name: "chown forgotten",
    edits: [
      ["CAP_CHOWN, CAP_DAC_OVERRIDE", "CAP_DAC_OVERRIDE"],
      ["  CAP_CHOWN,\n", ""],
    ],
    fact: "capabilities",
    hint: /except those in the list/,
  },
];
