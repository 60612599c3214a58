import { namespaceOf } from "host";
import type { Namespace } from "../stages/shape.ts";
import { flawOf, usesNodes } from "./errors/flaws.ts";
import { expect, type Fact } from "./fact.ts";

/** The namespaces in /proc/<pid>/ns, with their names in prose and the flags that make them. */
const NAMESPACES: Record<Namespace, { name: string; flag: string }> = {
  uts: { name: "UTS", flag: "CLONE_NEWUTS" },
  pid: { name: "PID", flag: "CLONE_NEWPID" },
  mnt: { name: "mount", flag: "CLONE_NEWNS" },
  ipc: { name: "IPC", flag: "CLONE_NEWIPC" },
  net: { name: "network", flag: "CLONE_NEWNET" },
  cgroup: { name: "cgroup", flag: "CLONE_NEWCGROUP" },
};

export const newNamespace: Record<Namespace, Fact> = {
  uts: startsInNew("uts"),
  pid: startsInNew("pid"),
  mnt: startsInNew("mnt"),
  ipc: startsInNew("ipc"),
  net: startsInNew("net"),
  cgroup: startsInNew("cgroup"),
};

function startsInNew(namespace: Namespace): Fact {
  const { name, flag } = NAMESPACES[namespace];
  return {
    id: `new-${namespace}-namespace`,
    title: `starts the command in a new ${name} namespace`,
    onlyLooks: true,
    async check({ source, shell }) {
      const { host, pid } = await shell();
      const outside = namespaceOf(host.pid, namespace);
      const inside = namespaceOf(pid, namespace);
      expect(
        inside !== undefined && inside !== outside,
        `/proc/<pid>/ns/${namespace} of the command is not ${outside}, the host's`,
        `/proc/<pid>/ns/${namespace} is the host's: ${inside}`,
        flawOf(source) ??
          `A process is born in new namespaces when spawn's cloneflags say so: ${whatIsWrong(source, flag)}.`,
      );
    },
  };
}

/** A flag that is in the code may be at another place, or reach only Node's own spawn. */
function whatIsWrong(source: string, flag: string): string {
  const missing = `${flag} is missing where the container is started`;
  const code = source.replace(/import\s*\{[^}]*\}/g, "");
  if (!new RegExp(`\\b${flag}\\b`).test(code)) return missing;
  return `perhaps ${missing}${usesNodes(source) ? ", or Node's own spawn got it, which ignores it" : ""}`;
}

export const noOtherNamespace: Fact = {
  id: "no-other-namespace",
  title: "starts it in no other new namespace",
  onlyLooks: true,
  async check({ stage, shell }) {
    const { host, pid } = await shell();
    const names = Object.keys(NAMESPACES) as Namespace[];
    for (const name of names.filter((name) => !stage.namespaces.includes(name))) {
      const [outside, inside] = [namespaceOf(host.pid, name), namespaceOf(pid, name)];
      expect(
        inside === outside,
        `/proc/<pid>/ns/${name} of the command is the host's: ${outside}`,
        `/proc/<pid>/ns/${name} is a new one: ${inside}`,
        "This stage is about CLONE_NEWUTS alone: the others come in stage 03.",
      );
    }
  },
};

export const seesHostsProcesses: Fact = {
  id: "sees-hosts-processes",
  title: "still sees the processes of the host",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const outside = namespaceOf(host.pid, "pid");
    const seen = { "the command": namespaceOf(pid, "pid"), "its /proc": namespaceInProcOf(pid) };
    for (const [who, inside] of Object.entries(seen)) {
      expect(
        inside === outside,
        `the command and its /proc are in the host's PID namespace: ${outside}`,
        `${who} is in another one: ${inside}`,
        "A PID namespace, and the /proc that shows it, are for stage 03.",
      );
    }
  },
};

/** Returns the PID namespace that the /proc of a process shows: that of its process 1. */
export function namespaceInProcOf(pid: number): string | undefined {
  return namespaceOf(`${pid}/root/proc/1`, "pid");
}
