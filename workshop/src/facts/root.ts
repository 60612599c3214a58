import { readFileSync, readlinkSync, statSync } from "node:fs";
import path from "node:path";
import { mountsOf, ubuntuFs } from "host";
import { parseMountinfo } from "shared-native";
import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

export const hasOwnRoot: Fact = {
  id: "own-root",
  title: "has ubuntu-fs as its root",
  async check({ shell }) {
    const { host, pid } = await shell();
    const root = `/proc/${pid}/root`;
    expect(
      isSame(root, seenFrom(host.pid, ubuntuFs)),
      `/proc/<pid>/root of the command leads to ${ubuntuFs}`,
      isSame(root, seenFrom(host.pid, "/"))
        ? "/proc/<pid>/root is the host's: /"
        : `it leads to ${readlinkSync(root)}`,
      "child() must call chroot(UBUNTU_FS) before it starts the command: that is what it inherits.",
    );
  },
};

export const standsInRoot: Fact = {
  id: "stands-in-root",
  title: "stands in its root, and finds no way up from there",
  async check({ run, shell }) {
    const { host, pid } = await shell();
    const folder = `/proc/${pid}/cwd`;
    expect(
      isIn(folder, seenFrom(host.pid, ubuntuFs)),
      `/proc/<pid>/cwd of the command is in ${ubuntuFs}`,
      `it stands outside of its root, in ${readlinkSync(folder)}`,
      'chroot changes what / means, and leaves the working directory where it was: process.chdir("/") comes next.',
    );
    const { stdout } = await run("sh", "-c", "pwd; cd ..; pwd; cd ../../..; ls");
    const [, up, ...files] = stdout.trim().split("\n");
    expect(
      up === "/" && files.includes("ROOT_OF_CONTAINER"),
      "after cd .. it still is in /, where ROOT_OF_CONTAINER is",
      `it printed ${shown(stdout)}`,
      'From / nothing leads up. Is process.chdir("/") called after chroot, and not before?',
    );
  },
};

export const mountsProc: Fact = {
  id: "own-proc",
  title: "has a /proc of its own, which shows its own processes only",
  async check({ run, shell }) {
    const { host, pid, before } = await shell();
    const mounts = parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
    const inside = mounts.some(
      (mount) => mount.mountPoint === "/proc" && mount.filesystemtype === "proc",
    );
    const onHost = (points: string[]) => points.filter((point) => point === "/proc").length;
    const isOver = onHost(mountsOf(host)) > onHost(before.mounts);
    expect(
      inside,
      "proc on /proc in the container's mount table (/proc/<pid>/mountinfo)",
      isOver ? "it is mounted over the /proc of the host" : "there is no proc on /proc inside",
      isOver
        ? "mount() ran before chroot, when /proc still was the host's. First chroot and chdir, then mount."
        : 'child() must call mount("proc", "/proc", "proc", 0), after chroot and chdir. Programs such as ps read it.',
    );
    const { stdout } = await run("ps", "-o", "pid=,args=", "-e");
    const lines = stdout.trim().split("\n");
    expect(
      /^\s*1\s/.test(stdout) && lines.length <= 5,
      "ps -e begins with process 1, and shows a few",
      `it showed ${lines.length} processes: ${shown(stdout)}`,
      "A mounted proc shows the PID namespace of the process that called mount: that must be child(), born with CLONE_NEWPID, not run().",
    );
  },
};

/** Returns the path to a folder as another process sees it: its mounts may not be ours. */
function seenFrom(pid: number, folder: string): string {
  return path.join(`/proc/${pid}/root`, folder);
}

/** Tells whether two paths lead to one folder: after a bind mount, it has several. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [statSync(one), statSync(other)];
  return a.dev === b.dev && a.ino === b.ino;
}

/** Tells whether a folder is another, or below it: whether that is on the way up. */
function isIn(folder: string, other: string): boolean {
  const depth = readlinkSync(folder).split("/").length;
  const above = Array.from({ length: depth }, (_, levels) => folder + "/..".repeat(levels));
  return above.some((each) => isSame(each, other));
}
