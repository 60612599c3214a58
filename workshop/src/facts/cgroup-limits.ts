import { existsSync } from "node:fs";
import path from "node:path";
import { type Outcome, type Running, until } from "host";
import { cgroupFromStart, readCgroup, refusedIn } from "./cgroup-of-command.ts";
import { expect, type Fact } from "./fact.ts";
import { plain, said, shown } from "./shown.ts";
import { STAYS } from "./stays.ts";

export const leavesRoom: Fact = {
  id: "room-for-pipeline",
  title: "leaves room for a pipeline",
  async check({ run }) {
    // A shell and three more, which are shells, too: not every root has ps(1), grep(1) and wc(1)
    const script = "echo fits | { read a; echo $a; } | { read b; echo $b; } | { read c; echo $c; }";
    const { stdout, stderr } = await run("sh", "-c", script);
    expect(
      plain(stdout) === "fits" && !/fork|unavailable/.test(stderr),
      "a shell can start a pipeline of three",
      `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
      "Four tasks must fit beside whoever else is in the cgroup.",
    );
  },
};

export const refusesEleventh: Fact = {
  id: "ten-tasks",
  title: "lets ten tasks live, and no eleventh",
  async check({ start }) {
    // The shell in brackets is one more task: some shells end when a fork fails, and the outer one waits
    const shell = await start(`(while read go; do ${STAYS} done)`);
    const cgroup = cgroupFromStart(shell);
    const tasks = () => Number(readCgroup(cgroup, "pids.current"));
    const expected = "ten tasks live, and the fork of the eleventh fails";
    for (let i = 0; i < 8; i++) shell.running.type("go");
    await until("ten tasks", () => tasks() >= 10, 20).catch(() => {});
    expect(
      tasks() === 10,
      expected,
      `there are ${tasks()}, and no more can start`,
      "Perhaps somebody else in the cgroup uses up the ten, or the command has started some before it joined.",
    );
    shell.running.type("go");
    await until("the eleventh", () => tasks() > 10 || refusedIn(cgroup) > 0, 20).catch(() => {});
    expect(
      tasks() <= 10 && refusedIn(cgroup) > 0,
      expected,
      `${tasks()} tasks live`,
      "The limit does not hold the command: is it in the cgroup before it starts?",
    );
  },
};

export const holdsForkBomb: Fact = {
  id: "fork-bomb",
  title: "keeps a fork bomb in its box",
  async check({ start }) {
    // The article's, under a name that each shell takes. It waits until its cgroup is known. In brackets,
    // as for ten tasks: it forks twice, and ends when the first child has used up the ten before
    const { host, pid, running } = await start("read go; bomb() { bomb | bomb & }; (bomb)");
    const cgroup = cgroupFromStart({ host, pid });
    const counts: number[] = [];
    running.type("go");
    const forksFail = () => {
      counts.push(Number(readCgroup(cgroup, "pids.current")));
      return refusedIn(cgroup) >= 3 || running.hasEnded();
    };
    // There is no cgroup to be read any more when the container has ended
    const held = await until("forks that fail", forksFail, 60).catch(() => false);
    const most = Math.max(...counts);
    expect(
      held && most <= 10 && !running.hasEnded(),
      "pids.current stays at 10",
      most > 10 ? `there were ${most} tasks` : `no fork failed before ${await endOf(running)}`,
      "The bomb must start in the cgroup, and no process in it may be moved out.",
    );
  },
};

export const removesCgroup: Fact = {
  id: "removes-cgroup",
  title: "takes its cgroup away, also when the command leaves processes behind",
  async check({ run }) {
    const { cgroups, ...ending } = await run("sh", "-c", STAYS);
    const names = cgroups.map((cgroup) => path.basename(cgroup)).join(", ");
    expect(
      cgroups.length === 0,
      "the cgroup is gone when the container has ended",
      ending.status === 0
        ? `${names} is still there`
        : `${names} is still there, and ${told(ending)}`,
      "A cgroup is a directory, and stays until somebody removes it: removeCgroupAtEnd(cgroup) in run(), before it is made, does that whatever happens.",
    );
  },
};

export const limitsEach: Fact = {
  id: "each-its-own",
  title: "limits two containers each on its own",
  async check({ start }) {
    const eight = `read go; for i in 1 2 3 4 5 6 7; do ${STAYS} done`;
    const first = await start(eight);
    const second = await start(eight, first.host);
    const [a, b] = [cgroupFromStart(first), cgroupFromStart(second)];
    const expected = "two containers have eight tasks each, at the same time";
    expect(
      a !== b,
      expected,
      `both are in ${path.basename(a)}`,
      "With a fixed name, all containers share one cgroup and its ten tasks. mkdtempSync makes a new name for each.",
    );
    for (const { running } of [first, second]) running.type("go");
    for (const cgroup of [a, b]) {
      const full = () => readCgroup(cgroup, "pids.current") === "8";
      const isFull = await until("eight tasks", full, 20).catch(() => false);
      const tasks = existsSync(cgroup) ? readCgroup(cgroup, "pids.current") : "no";
      expect(isFull, expected, `one of them has ${tasks}`, "The ten are for each container alone.");
    }
  },
};

/** Tells how a container has ended, or that it has not. */
async function endOf(running: Running): Promise<string> {
  return running.hasEnded() ? told(await running.ended) : "its time was over";
}

function told({ status, signal, stderr }: Outcome): string {
  return `it ended with ${signal ?? `status ${status}`}: ${shown(said(stderr))}`;
}
