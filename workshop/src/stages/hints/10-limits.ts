import type { HintsByFact } from "./hints.ts";

const LIMIT = [
  "interface Limit",
  "type Settings",
  "const LIMITS",
  "const limits = readLimits",
  "function readLimits",
  "function configCgroups",
];

/** With cgroup v1, each limit has a cgroup of its own. */
const JOIN = [
  "const [procs",
  "stdio: [...terminal",
  "const join = joinAll",
  "if (withInit)",
  "else execve(",
  "function joinAll",
  "async function init",
];

export const limitsHints: HintsByFact = {
  "pids-option": {
    idea: "A number that was fixed becomes an option. Options stand before the command, and both run() and child() see them.",
    direction:
      'Let the loop over the options take --pids, --memory and --cpus, too, with "=" or with the next word. configCgroups() is the first to change: it writes what was asked for.',
    code: [
      "// pnpm --filter",
      "const options",
      "const OPTION",
      "while (",
      "if (!command[0]",
      ...LIMIT,
    ],
  },
  "memory-limit": {
    idea: "Memory is another controller of the same kind, with a file for the limit. It is called memory.max with cgroup v2, and memory.limit_in_bytes with v1. There, it is also in another hierarchy: in another directory, with another cgroup to join.",
    direction:
      'configCgroups() makes a directory in cgroupRoot("memory"), as in cgroupRoot("pids"). With v2 that is the same one. All of them are opened, handed down, and joined: descriptors 3, 4 and 5. Swap must not take what memory refuses: memory.swap.max, or memory.memsw.limit_in_bytes.',
    code: [...LIMIT, ...JOIN],
  },
  "processor-limit": {
    idea: "Processor time is shared out in periods of 100,000 microseconds. A cgroup may use so many of them, and then all that is in it waits for the next period.",
    direction:
      'Half a processor is "50000 100000" in cpu.max with v2, and 50000 in cpu.cfs_quota_us with v1. The controller is called cpu.',
    code: [...LIMIT, ...JOIN],
  },
  "refuses-nonsense": {
    idea: "Whoever types 50X means something, and a limit that is not there is worse than no container.",
    direction:
      "readNumber() reads a number with a unit, and throws an error that says what to type. It has to be called before run() starts anything.",
    code: ["const limits = readLimits"],
  },
  "out-of-memory": {
    idea: "The kernel kills with SIGKILL, and a killed process cannot say anything. But the kernel counts, in a file of the cgroup.",
    direction:
      'After wait(), and before the cgroup goes: a line such as "oom_kill 1" in memory.events, or in memory.oom_control with v1. If it is there and not 0, console.error says so.',
    code: ["reportOutOfMemory(", "function reportOutOfMemory"],
  },
  "cgroup-is-root": {
    idea: "/proc/self/cgroup shows where in the host's tree a process is. A cgroup namespace begins with whatever its maker is in, and shows that as /.",
    direction:
      "child() calls unshareCgroup() with the controllers and the descriptors, before pivotRoot: it joins the cgroups, makes the namespace, and goes back to where it was, as Node's threads must not stay.",
    code: ["const controllers", "const procs = [", "unshareCgroup("],
  },
};
