import { readFileSync } from "node:fs";
import { mountsOf, namespaceOf } from "host";
import { parseMountinfo } from "shared-native";
import { added } from "./ends-cleanly.ts";
import { flawOf } from "./errors/flaws.ts";
import { expect, type Fact } from "./fact.ts";

export const keepsMountsFromHost: Fact = {
  id: "keeps-mounts-from-host",
  title: "keeps its /proc out of the mount table of the host",
  onlyLooks: true,
  async check({ source, shell }) {
    const { host, pid, before } = await shell();
    const more = added(before.mounts, mountsOf(host));
    const hasOwn = namespaceOf(pid, "mnt") !== namespaceOf(host.pid, "mnt");
    const proc = mountsIn(pid).find(({ mountPoint }) => mountPoint === "/proc");
    const isPrivateNow = proc?.propagation.length === 0;
    expect(
      more.length === 0,
      "the host's mount table is the same while the container runs",
      `the host also sees ${more.join(", ")}`,
      flawOf(source) ??
        (!hasOwn
          ? "The container mounts in the host's own mount namespace: cloneflags need CLONE_NEWNS."
          : isPrivateNow
            ? "The mounts were made private too late, or not all: what the host sees had been passed on already. First private, all of / (MS_REC), then mount."
            : "A new mount namespace is a copy, and still shares what is mounted in it with the host: " +
              "spawn's unshareflags: CLONE_NEWNS makes all mounts in it private."),
    );
  },
};

export const leavesHostShared: Fact = {
  id: "leaves-host-shared",
  title: "leaves the mounts of the host shared, and has none that are",
  onlyLooks: true,
  async check({ shell }) {
    const { host, pid } = await shell();
    const isShared = ({ propagation }: { propagation: string[] }) =>
      propagation.some((tag) => tag.startsWith("shared:"));
    const root = mountsIn(host.pid).find(({ mountPoint }) => mountPoint === "/");
    expect(
      root !== undefined && isShared(root),
      "/ of the host is a shared mount, as before (/proc/<pid>/mountinfo)",
      "/ of the host is not shared any more",
      "The propagation was changed in the host's own mount namespace, before the new one was there. In run() this is for spawn to do: unshareflags.",
    );
    const shared = mountsIn(pid).filter(isShared);
    expect(
      shared.length === 0,
      "no mount in the container is shared",
      `${shared.map(({ mountPoint }) => mountPoint).join(", ")} is shared`,
      "MS_PRIVATE without MS_REC changes only one mount, not those below it: MS_REC | MS_PRIVATE, on /.",
    );
  },
};

function mountsIn(pid: number) {
  return parseMountinfo(readFileSync(`/proc/${pid}/mountinfo`, "utf8"));
}
