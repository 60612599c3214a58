import { wrap } from "../terminal/wrap.ts";
import { numberOf } from "./find-stage.ts";

/** What a student shall write: all that the facts ask for, and not how. */
const GOALS: Record<string, string[]> = {
  "01-uts": [
    "run() starts the command in a new UTS namespace, the one that holds the hostname, and in no other new one. The command has the terminal: its input and output.",
    "The program ends with the status of the command.",
    "spawn and wait in shared-native are like Node's own; spawn also takes cloneflags.",
  ],
  "02-reexec": [
    'The hostname inside is "container", and the host keeps its own.',
    "run() cannot set it: before spawn it is on the host, after it the command runs already. So run() starts this same program again, through /proc/self/exe, with child as its first argument, in the new namespace. child() sets the name, then starts the command.",
    "child() must never do that on the host: requireNewNamespaces refuses.",
  ],
  "03-pid-mnt-chroot": [
    "New PID and mount namespaces, too: child() is process 1. ubuntu-fs, at the top of the repo, is the root directory, and the command stands in it.",
    "/proc is mounted inside, so that ps shows the container's processes and no others. When the command has ended, it is unmounted, and nothing is left on the host: no mount, no process.",
  ],
  "04-unshare-proc": [
    "What the container mounts is not seen on the host while it runs, even where / is a shared mount. The host's own mounts stay shared.",
    "It is one line.",
  ],
  "05-cgroups": [
    'The command is in a cgroup of its own, below cgroupRoot("pids"), with 10 in its pids.max, and nobody else is in it: not Node, whose threads would count.',
    "Each container has its own cgroup, and takes it away at the end: removeCgroupAtEnd.",
  ],
};

/** The comment on top of a starter. */
export function goalComment(stage: string): string {
  const number = numberOf(stage);
  const lines = [`Practice ${stage}. The goal:`, ""];
  for (const goal of GOALS[stage] ?? []) lines.push(...wrap("- ", goal).split("\n"));
  lines.push("", `Does it work? pnpm workshop check ${number}`);
  return lines.map((line) => `// ${line}`.trimEnd()).join("\n");
}
