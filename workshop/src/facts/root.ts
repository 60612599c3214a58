import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { mountsOf, namespaceOf, ubuntuFs } from "host";
import { parseMountinfo } from "shared-native";
import { isRoot, isSame } from "../containers/is-root.ts";
import { expect, type Fact } from "./fact.ts";
import { namespaceInProcOf } from "./new-namespace.ts";
import { plain, said, shown } from "./shown.ts";

export const hasOwnRoot: Fact = {
  id: "own-root",
  title: "has ubuntu-fs as its root",
  onlyLooks: true,
  async check({ source, shell }) {
    const { host, pid, running } = await shell();
    const root = `/proc/${pid}/root`;
    const isHosts = isSame(root, seenFrom(host.pid, "/"));
    const complaint = said(running.stderr());
    expect(
      isRoot(root, seenFrom(host.pid, ubuntuFs)),
      `/proc/<pid>/root of the command leads to ${ubuntuFs}`,
      `it leads to ${isHosts ? "the host's root" : nameOf(root)}${complaint && `; the code said: ${shown(complaint)}`}`,
      /pivot_?root/i.test(source)
        ? "pivot_root wants a new root that is itself a mount, and mounts that are not shared with the host, see pivot_root(2). chroot(UBUNTU_FS) wants neither."
        : "child() must call chroot(UBUNTU_FS) before it starts the command: that is what it inherits.",
    );
  },
};

export const standsInRoot: Fact = {
  id: "stands-in-root",
  title: "stands in its root, and finds no way up from there",
  async check({ run, shell }) {
    const climbed = run("sh", "-c", CLIMB);
    const { host, pid } = await shell();
    const folder = `/proc/${pid}/cwd`;
    expect(
      isIn(folder, seenFrom(host.pid, ubuntuFs)),
      `/proc/<pid>/cwd of the command is in ${ubuntuFs}`,
      `it stands outside of its root, in ${readlinkSync(folder)}`,
      'chroot changes what / means, and leaves the working directory where it was: process.chdir("/") comes next.',
    );
    const { stdout } = await climbed;
    expect(
      plain(stdout) === "/\nROOT_OF_CONTAINER",
      "after cd .. it still is in /, where ROOT_OF_CONTAINER is",
      `it printed ${shown(stdout)}`,
      'From / nothing leads up. Is process.chdir("/") called after chroot, and not before?',
    );
  },
};

export const mountsProc: Fact = {
  id: "own-proc",
  title: "has a /proc of its own, which shows its own processes only",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid, before } = await shell();
    const mounts = parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
    const type = mounts.findLast(({ mountPoint }) => mountPoint === "/proc")?.filesystemtype;
    const onProc =
      type === undefined
        ? "nothing is mounted on /proc inside"
        : `${type} is mounted on /proc inside`;
    const onHost = (points: string[]) => points.filter((point) => point === "/proc").length;
    const isOver = onHost(mountsOf(host)) > onHost(before.mounts);
    expect(
      type === "proc",
      "proc on /proc in the container's mount table (/proc/<pid>/mountinfo)",
      isOver ? "it is mounted over the /proc of the host" : onProc,
      isOver
        ? "mount() ran before chroot, when /proc still was the host's. First chroot and chdir, then mount."
        : 'child() must call mount("proc", "/proc", "proc", 0), after chroot and chdir. Programs such as ps read it.',
    );
    const [own, seen] = [namespaceOf(pid, "pid"), namespaceInProcOf(pid)];
    const count = readdirSync(`/proc/${pid}/root/proc`).filter((name) => /^\d+$/.test(name)).length;
    expect(
      seen === own,
      `its /proc shows the PID namespace of the command: ${own}`,
      `it shows another one, ${seen}, with ${count} processes`,
      "A mounted proc shows the PID namespace of the process that called mount: that must be child(), born with CLONE_NEWPID. Mounted by run(), or bound from the host's, it shows the host's processes.",
    );
  },
};

/** A script that climbs as far as it gets, and tells where it is then. */
const CLIMB = "cd ..; pwd; cd ../../..; for file in ROOT_*; do echo $file; done";

/** Names a root: after pivot_root, the kernel says / for it. */
function nameOf(root: string): string {
  const link = readlinkSync(root);
  return link === "/" ? "another folder" : link;
}

/** Returns the path to a folder as another process sees it: its mounts may not be ours. */
function seenFrom(pid: number, folder: string): string {
  return path.join(`/proc/${pid}/root`, folder);
}

/** Tells whether a folder is another, or below it: whether that is on the way up. */
function isIn(folder: string, other: string): boolean {
  const depth = readlinkSync(folder).split("/").length;
  const above = Array.from({ length: depth }, (_, levels) => folder + "/..".repeat(levels));
  return above.some((each) => isRoot(each, other));
}
