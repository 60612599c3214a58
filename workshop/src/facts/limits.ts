import { existsSync } from "node:fs";
import path from "node:path";
import { cgroupOf, run as runHere } from "host";
import { cgroupRoot } from "shared-native";
import { readCgroup } from "./cgroup-of-command.ts";
import type { Shell } from "./checked-code.ts";
import { expect, type Fact } from "./fact.ts";
import { said, shown } from "./shown.ts";

export const takesPids: Fact = {
  id: "pids-option",
  title: "takes --pids for another number of tasks",
  async check({ run, start }) {
    const { stdout, stderr } = await run("--pids=7", "echo", "in");
    expect(
      stdout === "in\n",
      "start --pids=7 echo in runs echo",
      `it printed ${shown(stdout)}; ${shown(said(stderr))}`,
      "Options are words in front of the command: take --pids off the words that were typed, and hand it on to child().",
    );
    const shell = await start(":", undefined, ["--pids=7"]);
    const actual = setting(shell, "pids", ["pids.max"]);
    expect(
      actual === "7",
      "with --pids=7, pids.max of the command's cgroup is 7",
      `it is ${actual}`,
      "configCgroups() writes that number to pids.max, and no longer 10.",
    );
  },
};

/** The size of the limit, in mebibytes: 50 would be in the text of the page. */
const MEBIBYTES = 48;

export const limitsMemory: Fact = {
  id: "memory-limit",
  title: "takes --memory, and limits memory and swap together",
  async check({ start }) {
    const shell = await start(":", undefined, [`--memory=${MEBIBYTES}M`]);
    const bytes = `${MEBIBYTES * 1024 ** 2}`;
    const memory = setting(shell, "memory", ["memory.max", "memory.limit_in_bytes"]);
    expect(
      memory === bytes,
      `with --memory=${MEBIBYTES}M, the memory limit of the command's cgroup is ${bytes} bytes`,
      `it is ${memory}`,
      "With v2 the file is memory.max, with v1 memory.limit_in_bytes, and the command has to join that cgroup as well.",
    );
    // A kernel that cannot limit swap has no such file
    const swap = setting(shell, "memory", ["memory.swap.max", "memory.memsw.limit_in_bytes"]);
    expect(
      [undefined, "0", bytes].includes(swap),
      "none of it may go to swap",
      `the limit for that is ${swap}`,
      "memory.swap.max is 0 with v2. With v1, memory.memsw.limit_in_bytes is for both together, and is set after the other one.",
    );
  },
};

export const saysOutOfMemory: Fact = {
  id: "out-of-memory",
  title: "ends with 137 when memory is used up, and says so in a line",
  async check({ run }) {
    const { status, stderr } = await run("--memory=30M", "sh", "-c", "exec tail /dev/zero");
    expect(
      status === 137,
      "tail /dev/zero, which wants all memory, is killed: status 137",
      `it ended with status ${status}; ${shown(said(stderr))}`,
      "The kernel kills a process of the cgroup when its limit is reached, if the command is in there.",
    );
    expect(
      /memory/i.test(said(stderr)),
      "a line on standard error says that memory was used up",
      `it said ${shown(said(stderr))}`,
      "137 has other reasons, too. The kernel counts such killings as oom_kill: in memory.events with v2, in memory.oom_control with v1. run() reads that after wait().",
    );
  },
};

export const limitsProcessor: Fact = {
  id: "processor-limit",
  title: "takes --cpus, and limits processor time",
  async check({ start }) {
    const shell = await start(":", undefined, ["--cpus=0.1"]);
    const quota = setting(shell, "cpu", ["cpu.max", "cpu.cfs_quota_us"]);
    expect(
      quota === "10000" || quota === "10000 100000",
      "with --cpus=0.1, the command's cgroup may use 10,000 of each 100,000 microseconds",
      `the setting is ${quota}`,
      'With v2 the file is cpu.max, with "10000 100000", and with v1 cpu.cfs_quota_us, with 10000. The command has to join that cgroup as well.',
    );
  },
};

/** Values that nobody can have meant, for each option. */
const REFUSED = ["--memory=50X", "--memory=1", "--cpus=0", "--cpus=many", "--pids=0", "--pids=1.5"];

export const refusesNonsense: Fact = {
  id: "refuses-nonsense",
  title: "refuses a limit that makes no sense, in one line",
  async check({ run }) {
    const started = REFUSED.map((option) => ({ option, ending: run(option, "echo", "started") }));
    for (const { option, ending } of started) {
      const { status, stdout, stderr } = await ending;
      const [line = "", ...more] = said(stderr).trim().split("\n");
      expect(
        status !== 0 &&
          stdout === "" &&
          more.length === 0 &&
          line.includes(option.split("=")[0] ?? ""),
        `${option} is refused before anything starts, in a line that names the option`,
        `it ended with status ${status}, and printed ${shown(stdout + said(stderr))}`,
        "readNumber() throws an error with such a line, for what is no number, or too small, or too large.",
      );
    }
  },
};

export const hidesCgroups: Fact = {
  id: "cgroup-is-root",
  title: "sees its cgroups as the root of all",
  async check({ shell }) {
    const { pid } = await shell();
    const asItSees = ["nsenter", `--target=${pid}`, "--cgroup"];
    const { stdout } = await runHere([...asItSees, "cat", `/proc/${pid}/cgroup`]);
    const named = stdout.split("\n").find((line) => /^\d+:(pids|memory|cpu\b.*|):\/./.test(line));
    expect(
      stdout !== "" && named === undefined,
      '/proc/<pid>/cgroup of the command, seen from the container, says "/" for its cgroups',
      `it says ${shown(named ?? stdout)}`,
      "A cgroup namespace takes for its root what the process is in when it is made. unshareCgroup() joins for a moment, and leaves again.",
    );
  },
};

/** Reads the first of the files that is there, in the cgroup that a command is in. */
function setting({ pid }: Shell, controller: string, files: string[]): string | undefined {
  const cgroup = cgroupOf(pid, controller, cgroupRoot(controller));
  const file = files.find((each) => existsSync(path.join(cgroup, each)));
  return file && readCgroup(cgroup, file);
}
