import { readFileSync, statSync } from "node:fs";
import { run as runHere } from "host";
import { parseMountinfo } from "shared-native";
import { expect, type Fact } from "./fact.ts";

export const losesHostRoot: Fact = {
  id: "host-root-gone",
  title: "has no way to the host's root left in its mount namespace",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const outside = identityOf(`/proc/${host.pid}/root/`);
    // Whoever joins a mount namespace begins at its root, not at that of the processes in it
    const nsenter = ["nsenter", `--target=${pid}`, "--mount", "stat", "--format=%d:%i", "/"];
    const root = (await runHere(nsenter)).stdout.trim();
    const mounts = parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
    // The root of a process that is no mount point has no line here
    const hasPivoted = mounts.some(({ mountPoint }) => mountPoint === "/");
    expect(
      root !== outside,
      `nsenter --target=${pid} --mount finds another / than the host's`,
      "it finds the host's /",
      hasPivoted
        ? 'The old root still lies on top of the new one, where pivotRoot(".", ".") has put it: umount(".", MNT_DETACH) takes it away.'
        : "chroot hides the host's files from one process. pivotRoot changes the root of the mount namespace itself. It has to be a mount point, and ubuntu-fs becomes one when it is mounted on itself: MS_BIND.",
    );
    const old = mounts.find(
      ({ mountPoint }) => identityOf(`/proc/${pid}/root${mountPoint}`) === outside,
    );
    expect(
      old === undefined,
      "none of the mounts in /proc/<pid>/mountinfo is the host's /",
      `the host's / is mounted on ${old?.mountPoint}`,
      "pivotRoot moves the old root to putOld, below the new one. Unmount it there: MNT_DETACH, as it is in use.",
    );
  },
};

/** Returns what tells a folder from all others, as `stat --format=%d:%i` prints it. */
function identityOf(folder: string): string | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && `${stat.dev}:${stat.ino}`;
}
