import type { Mistake } from "../attempt.ts";

export const starter = { fact: "new-user-namespace", hint: /unshare\(1\) can/ };

export const mistakes: Mistake[] = [
  {
    name: "no user namespace: whoever is root does not notice",
    edits: [['unshare", ...users, ...NAMESPACES', 'unshare", ...NAMESPACES']],
    fact: "new-user-namespace",
    hint: /spawn it with --user/,
  },
  {
    name: "what was written stays",
    edits: [
      ["  runAtEnd(CLEAN_UP, directory, ...users);\n", "  void runAtEnd, CLEAN_UP, users;\n"],
    ],
    fact: "removes-changes",
    hint: /The kernel unmounts an overlay/,
  },
  {
    name: "no userxattr",
    edits: [[",userxattr`;", "`;"]],
    fact: "root-of-its-files",
    hint: /With the option userxattr/,
  },
  {
    name: "all capabilities kept",
    edits: [["  dropPrivileges();\n", "  void dropPrivileges;\n"]],
    fact: "capabilities",
    hint: /takes one out of the bounding set/,
  },
];
