import { existsSync } from "node:fs";
import path from "node:path";
import { until } from "host";
import { cgroupOfCommand, readCgroup } from "./cgroup-of-command.ts";
import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

export const leavesRoom: Fact = {
  id: "room-for-pipeline",
  title: "leaves room for a pipeline",
  async check({ run }) {
    const { stdout, stderr, status } = await run("bash", "-c", "ps -e | grep ps | wc -l");
    expect(
      stdout === "1\n" && status === 0 && !stderr.includes("temporarily unavailable"),
      "ps -e | grep ps | wc -l prints 1",
      `it printed ${shown(stdout)}, status ${status}; ${shown(stderr.split("\n").slice(2).join(" "))}`,
      "Four tasks must fit beside whoever else is in the cgroup.",
    );
  },
};

export const refusesEleventh: Fact = {
  id: "ten-tasks",
  title: "lets ten tasks live, and no eleventh",
  async check({ run }) {
    const script =
      "for i in 1 2 3 4 5 6 7 8 9; do sleep 1000 & done; echo ten; sleep 1000 & echo eleven";
    const { stdout, stderr } = await run("sh", "-c", script);
    expect(
      stdout === "ten\n" && /fork/.test(stderr),
      "the tenth starts, the fork of the eleventh fails",
      `it printed ${shown(stdout)}`,
      stdout.includes("eleven")
        ? "The limit does not hold the command: is it in the cgroup before it starts?"
        : "Somebody else in the cgroup uses up the ten.",
    );
  },
};

export const holdsForkBomb: Fact = {
  id: "fork-bomb",
  title: "keeps a fork bomb in its box",
  async check({ start }) {
    // As typed in the article: the function is defined, then called. It waits until its cgroup is known
    const { host, pid, running } = await start(
      "read go; exec bash -c ':() { : | : & }; :; read line'",
    );
    const cgroup = cgroupOfCommand({ host, pid });
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
      most > 10 ? `there were ${most} tasks` : "no fork failed before the container ended",
      "The bomb must start in the cgroup, and no process in it may be moved out.",
    );
  },
};

export const removesCgroup: Fact = {
  id: "removes-cgroup",
  title: "takes its cgroup away, also when the command leaves processes behind",
  async check({ run }) {
    const { cgroups } = await run("bash", "-c", "sleep 1000 & cat /proc/self/cgroup");
    expect(
      cgroups.length === 0,
      "the cgroup is gone when the container has ended",
      `${cgroups.map((cgroup) => path.basename(cgroup)).join(", ")} is still there`,
      "A cgroup is a directory, and stays until somebody removes it: removeCgroupAtEnd(cgroup) in run(), before it is made, does that whatever happens.",
    );
  },
};

export const limitsEach: Fact = {
  id: "each-its-own",
  title: "limits two containers each on its own",
  async check({ start }) {
    const eight = "read go; for i in 1 2 3 4 5 6 7; do sleep 1000 & done";
    const first = await start(eight);
    const second = await start(eight, first.host);
    const [a, b] = [cgroupOfCommand(first), cgroupOfCommand(second)];
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

/** Counts how often the limit made a fork fail: "max 17". */
function refusedIn(cgroup: string): number {
  return Number(readCgroup(cgroup, "pids.events").split(/\s/)[1]);
}
