import { readFileSync } from "node:fs";
import path from "node:path";
import { processesOf } from "host";
import { cgroupOfCommand, hostCgroup, readCgroup } from "./cgroup-of-command.ts";
import { expect, type Fact } from "./fact.ts";

export const hasOwnCgroup: Fact = {
  id: "own-cgroup",
  title: "has the command in a cgroup of its own",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const { made } = hostCgroup(host);
    const cgroup = cgroupOfCommand({ host, pid });
    const isOwn = made().some((own) => `${cgroup}/`.startsWith(`${own}/`));
    expect(
      isOwn,
      "/proc/<pid>/cgroup of the command is not the host's",
      `/proc/<pid>/cgroup is the host's: ${path.basename(cgroup)}`,
      made().length > 0
        ? `There is ${path.basename(made()[0] ?? "")}, but the command has not joined it: a process joins by writing 0 to the file that cgroupProcs(cgroup) names, before it becomes the command.`
        : 'A new directory in cgroupRoot("pids") is a new cgroup. run() makes it, as after chroot nobody finds it any more.',
    );
  },
};

export const limitsToTen: Fact = {
  id: "pids-max-10",
  title: "has 10 in the pids.max of that cgroup",
  onlyLooks: true,
  async check({ shell }) {
    const actual = readCgroup(cgroupOfCommand(await shell()), "pids.max");
    expect(
      actual === "10",
      "pids.max of the command's cgroup is 10",
      `it is ${actual}`,
      "configCgroups() writes 10 to the file pids.max, in the directory of the cgroup that the command joins.",
    );
  },
};

export const holdsOnlyCommand: Fact = {
  id: "only-the-command",
  title: "has nobody but the command in it",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const cgroup = cgroupOfCommand({ host, pid });
    const others = processesOf(cgroup).filter((member) => member !== pid);
    const names = others.map((other) => `${commOf(other)} (${threadsOf(other)} tasks)`);
    const hasNode = others.some((other) => threadsOf(other) > 1);
    expect(
      others.length === 0 && readCgroup(cgroup, "pids.current") === "1",
      "cgroup.procs has one PID, the command's, and pids.current is 1",
      `pids.current is ${readCgroup(cgroup, "pids.current")}: also there is ${names.join(", ")}`,
      hasNode
        ? "The wrong process has joined: Node, whose threads count as tasks. Not run(), not child(): only what becomes the command writes 0 to cgroup.procs."
        : "A shell that joins and then starts the command is a task too: with exec it becomes the command.",
    );
  },
};

function commOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
}

function threadsOf(pid: number): number {
  return Number(/^Threads:\t(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
