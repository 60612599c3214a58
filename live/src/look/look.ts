import type { Mount } from "shared-native";
import { type Group, groupProcesses, startedIn } from "./group.ts";
import { findLimits, isIn } from "./limits.ts";
import type { Container, Leak, Picture, Process, View } from "./picture.ts";
import { openProcFolder } from "./proc-folder.ts";
import { type Reading, readProcess, readStat } from "./read-process.ts";
import { mountsOf, sharePeers, shown, viewOf } from "./view.ts";

/** Eyes on a host. */
export interface Eyes {
  /** Looks at all that is there now. */
  look(): Picture;
  close(): void;
}

/** An idle process is read anew at each such look, as setns(2) and chroot(2) may leave no other trace. */
const REFRESH = 10;

/**
 * Opens eyes on a host, whatever runs there: it only reads, and writes to no cgroup.
 *
 * @param folder the host's /proc, as in /proc/<its process 1>/root/proc
 * @param roots directories whose mounts are a container's, such as ubuntu-fs; those of the containers
 *   that are seen are added
 * @param group a cgroup, if only its processes and those that they have started are to be seen
 */
export function openEyes(folder: string, roots: string[], group?: string): Eyes {
  const proc = openProcFolder(folder);
  const limitOf = findLimits();
  const known = new Map<number, { stat: string; reading: Reading }>();
  const rootsSeen = new Set(roots);
  let round = 0;

  /** Reads stat of each process, and the rest of those whose stat is another than at the last look. */
  function readProcesses(): Reading[] {
    const pids = proc.pids();
    const alive = new Set(pids);
    for (const pid of known.keys()) if (!alive.has(pid)) known.delete(pid);
    return pids.flatMap((pid) => {
      const before = known.get(pid);
      const stat = readStat(proc, pid);
      if (stat === undefined || stat.isKernel) return [];
      if (before?.stat === stat.text && (round + pid) % REFRESH !== 0) return before.reading;
      const reading = readProcess(proc, pid, stat, before?.reading);
      known.set(pid, { stat: stat.text, reading });
      return reading;
    });
  }

  function look(): Picture {
    round++;
    const readings = group === undefined ? readProcesses() : startedIn(group, readProcesses());
    const first = readings.find(({ pid }) => pid === 1);
    if (first === undefined) throw new Error("the host has ended");
    const groups = groupProcesses(readings, first, (cgroup) => limitOf(cgroup, first.cgroup));
    const hostMounts = mountsOf(proc, 1);
    const host = viewOf(proc, first);
    const containers = groups.map((group) => makeContainer(group, hostMounts, host));
    const groupOf = new Map(
      groups.flatMap((group) => group.members.map(({ pid }) => [pid, group.id])),
    );
    const limits = new Map(containers.map(({ id, limit }) => [id, limit]));
    return {
      host,
      containers,
      processes: readings.map((reading): Process => {
        const { namespaces: _, root: _root, cgroup, ...process } = reading;
        const container = groupOf.get(reading.pid);
        const limit = container === undefined ? undefined : limits.get(container);
        // With v1 the kernel says "/" of a zombie, which still counts
        const isCounted =
          limit && (isIn(cgroup, limit.cgroup) || (reading.isZombie && cgroup === "/"));
        const counted = isCounted ? reading.threads : 0;
        return { ...process, container, counted };
      }),
      leaks: findLeaks(hostMounts, containers),
    };
  }

  function makeContainer(group: Group, hostMounts: Mount[], host: View): Container {
    const { id, outer, speaker, own, limit } = group;
    if (own.includes("root")) rootsSeen.add(speaker.root.path);
    const view = viewOf(proc, speaker);
    // A root may have a folder of that name, with nothing in it: devices come with a mount
    const hasDevices = own.includes("root") && view.mounts.some((one) => one.endsWith(" on /dev"));
    if (hasDevices) own.push("dev");
    if (own.includes("root") && view.layers.length > 0) own.push("layers");
    const around = outer ? viewOf(proc, outer.speaker) : host;
    if (lacks(view, around)) own.push("capabilities");
    return {
      ...view,
      ...(limit && { limit }),
      ...{ id, outer: outer?.id, own },
      sharesMounts: own.includes("mnt") && sharePeers(mountsOf(proc, speaker.pid), hostMounts),
    };
  }

  function findLeaks(hostMounts: Mount[], containers: Container[]): Leak[] {
    return hostMounts.flatMap((mount) => {
      const root = [...rootsSeen].find((folder) => mount.mountPoint.startsWith(`${folder}/`));
      if (root === undefined || root === "/") return [];
      const container = containers.find((one) => one.own.includes("mnt") && one.root === root);
      return { mount: shown(mount), mountPoint: mount.mountPoint, container: container?.id };
    });
  }

  return { look, close: proc.close };
}

/** Tells whether a container may not do all that those around it may: in a user namespace, root has all. */
function lacks(view: View, around: View): boolean {
  const [own, others] = [view, around].map(({ capabilities }) => BigInt(`0x${capabilities || 0}`));
  return ((others ?? 0n) & ~(own ?? 0n)) !== 0n;
}
