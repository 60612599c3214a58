import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { childGroups, processesBelow, ubuntuFs } from "host";
import { readMountinfo } from "shared-native";
import { filesOfRoot } from "shared-native/loader/give-to-owner.cjs";
import { type Container, findContainers } from "../containers/find-containers.ts";
import { isBelow } from "../containers/is-below.ts";
import { findChanges } from "./find-changes.ts";
import { findNetwork } from "./network.ts";

/** The remains of the workshop on this machine. */
export interface Leftovers {
  /** Those whose run() is gone, and those that somebody is using. */
  crashed: Container[];
  running: Container[];
  /** Below ubuntu-fs, as this process sees them, the last mounted first. */
  mounts: string[];
  /** Directories of cgroups that nobody is in, or only a crashed container. */
  cgroups: string[];
  /** Folders with what containers have written, and that nobody uses. */
  changes: string[];
  /** All that containers have in the network: none while one runs, as it may be that one's. */
  network: string[];
  /** The files that root has made in the repo of somebody else, such as packages. */
  files: string[];
}

/** The age, in seconds, up to which a cgroup may belong to a container that is just starting. */
const YOUNG = 10;

/** The names that stages and the checker give. */
const OURS = /^(container|workshop)-/;

/** @param hierarchies the directories in which stages make cgroups: first that in which tasks are counted */
export function findLeftovers([tasks, ...others]: string[]): Leftovers {
  const containers = findContainers();
  const crashed = containers.filter(({ main }) => main === undefined);
  const running = containers.filter(({ main }) => main !== undefined);
  const mounts = readMountinfo()
    .map(({ mountPoint }) => mountPoint)
    .filter((mountPoint) => isBelow(mountPoint, ubuntuFs))
    // The devices are those of `pnpm rootless`
    .filter((mountPoint) => !isBelow(mountPoint, path.join(ubuntuFs, "dev")))
    .reverse();
  const dead = new Set(crashed.flatMap(({ pids }) => pids));
  // Where memory is limited, a container that has no such limit stays in a cgroup that is not its own
  const named = others.flatMap(childGroups).filter((group) => OURS.test(path.basename(group)));
  const cgroups = [...(tasks === undefined ? [] : childGroups(tasks)), ...named];
  return {
    crashed,
    running,
    mounts,
    cgroups: cgroups.filter((group) => isLeftOver(group, dead, running.length > 0)),
    changes: findChanges(dead),
    network: running.length > 0 ? [] : findNetwork(),
    files: filesOfRoot(),
  };
}

function isLeftOver(group: string, dead: Set<number>, someRun: boolean): boolean {
  const name = path.basename(group);
  const members = processesBelow(group);
  const checker = /^workshop-(\d+)-\d+$/.exec(name)?.[1];
  if (checker !== undefined) return !existsSync(`/proc/${checker}`);
  const isAbandoned = members.every((pid) => dead.has(pid));
  // A student may have given it any name: then it is known by those who are in it.
  if (!name.startsWith("container-")) return members.length > 0 && isAbandoned;
  const age = (Date.now() - statSync(group).ctimeMs) / 1000;
  return isAbandoned && (members.length > 0 || !someRun || age > YOUNG);
}
