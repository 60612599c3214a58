import type { Mistake } from "../attempt.ts";

export const errors: Mistake[] = [
  {
    name: "no PID namespace",
    edits: [['"--uts", "--pid", "--mount"', '"--uts", "--mount"']],
    fact: "runs-command",
    actual: /the PID namespace is the host's/,
    hint: /unshare\(1\) makes the namespaces that its options name/,
  },
  {
    name: "no IPC namespace: the host's queues may not be mounted",
    edits: [['"--propagation=private", "--ipc", "--net"', '"--propagation=private", "--net"']],
    fact: "runs-command",
    actual: /EPERM.*mqueue/,
    hint: /shows an IPC namespace/,
  },
  {
    name: "no network namespace: the host's devices may not be mounted",
    edits: [['"--ipc", "--net"]', '"--ipc"]']],
    fact: "runs-command",
    actual: /./,
    hint: /./,
  },
  {
    name: "a new user namespace by cloneflags",
    edits: [
      [
        "    detached: true,\n  });",
        "    detached: true,\n    cloneflags: 0x10000000, // CLONE_NEWUSER\n  });",
      ],
    ],
    fact: "runs-command",
    hint: /Node has several threads/,
  },
  {
    name: "userxattr misspelt",
    edits: [["userxattr`;", "userxattrs`;"]],
    fact: "runs-command",
    actual: /EINVAL/,
    hint: /the kernel knows userxattr/,
  },
  {
    name: "no map: root inside is nobody, and may do nothing with the image",
    edits: [
      [
        '["--map-root-user", "--map-auto"] : ["--map-root-user"]',
        '["--user", "--map-auto"] : ["--user"]',
      ],
    ],
    fact: "runs-command",
    hint: /./,
  },
];
