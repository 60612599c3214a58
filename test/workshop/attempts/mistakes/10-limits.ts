import type { Mistake } from "../attempt.ts";

export const starter = { fact: "pids-option", hint: /words in front of the command/ };

const REPORT = '  reportOutOfMemory(name, options["--memory"]);\n';
const NAMESPACE = "unshareCgroup(controllers, procs);";

export const mistakes: Mistake[] = [
  {
    name: "always ten tasks",
    edits: [['({ "pids.max": tasks })', '({ "pids.max": tasks && 10 })']],
    fact: "pids-option",
    hint: /and no longer 10/,
  },
  {
    name: "swap in the place of memory",
    edits: [
      ['      "memory.swap.max": 0,\n', ""],
      ['      "memory.memsw.limit_in_bytes": bytes,\n', ""],
    ],
    fact: "memory-limit",
    actual: /the limit for that is/,
    hint: /memory\.swap\.max is 0/,
  },
  {
    name: "megabytes of a million",
    edits: [
      ['"memory.max": bytes,', '"memory.max": (bytes / 1048576) * 1e6,'],
      ['"memory.limit_in_bytes": bytes,', '"memory.limit_in_bytes": (bytes / 1048576) * 1e6,'],
    ],
    fact: "memory-limit",
    hint: /memory\.limit_in_bytes/,
  },
  {
    name: "a tenth of the quota",
    edits: [
      [
        "`${Math.round(processors * 100_000)} 100000`",
        "`${Math.round(processors * 10_000)} 100000`",
      ],
      [
        '"cpu.cfs_quota_us": Math.round(processors * 100_000)',
        '"cpu.cfs_quota_us": Math.round(processors * 10_000)',
      ],
    ],
    fact: "processor-limit",
    hint: /cpu\.cfs_quota_us, with 10000/,
  },
  {
    name: "the command joins only the first cgroup, and so none with v2's limits",
    edits: [["const join = procs.map(", "const join = procs.slice(1).map("]],
    fact: "own-cgroup",
    hint: /has not joined it/,
  },
  {
    name: "nonsense taken for no limit",
    edits: [
      [
        "if (text !== undefined) limits[controller] = settings(readNumber(option, text, range));",
        "if (text !== undefined) try { limits[controller] = settings(readNumber(option, text, range)); } catch {}",
      ],
    ],
    fact: "refuses-nonsense",
    hint: /readNumber\(\) throws/,
  },
  {
    name: "no word on why it was killed",
    edits: [[REPORT, "  void reportOutOfMemory;\n"]],
    fact: "out-of-memory",
    hint: /oom_kill/,
  },
  {
    name: "the cgroup namespace made outside of the cgroups",
    edits: [[NAMESPACE, "unshareCgroup(controllers, []);"]],
    fact: "cgroup-is-root",
    hint: /joins for a moment/,
  },
  {
    name: "no cgroup namespace",
    edits: [[NAMESPACE, "void unshareCgroup;"]],
    fact: "cgroup-is-root",
    hint: /joins for a moment/,
  },
];
