import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { isAlive, removeTree, sendSignal, until } from "host";
import { MNT_DETACH, readMountinfo, umount } from "shared-native";
import { giveToOwner } from "shared-native/loader/give-to-owner.cjs";
import type { Container } from "../containers/find-containers.ts";
import { isBelow } from "../containers/is-below.ts";
import type { Leftovers } from "./find-leftovers.ts";
import { removeFromNetwork } from "./network.ts";

/** The time, in seconds, that a stage takes at most to end its container by itself. */
const PATIENCE = 10;

/** Ends a container that somebody is using: it is asked first, so that it can clean up itself. */
export async function endContainer(container: Container): Promise<void> {
  const { main } = container;
  if (main !== undefined) {
    sendSignal(main, "SIGTERM");
    await until("its end", () => !isAlive(main), PATIENCE).catch(() => {});
  }
  await killContainer(container);
}

/** Takes away what crashed attempts left, and tells what it did. */
export async function removeLeftovers(
  { crashed, mounts, cgroups, changes, network, files }: Leftovers,
  tell: (line: string) => void,
): Promise<void> {
  for (const container of crashed) {
    await killContainer(container);
    const count = container.pids.length;
    tell(`ended ${count} process${count === 1 ? "" : "es"} of a container: ${container.command}`);
  }
  for (const mount of mounts) {
    umount(mount, MNT_DETACH);
    tell(`unmounted ${mount}`);
  }
  for (const cgroup of cgroups) {
    if (existsSync(cgroup)) await removeTree(cgroup);
    tell(`removed the cgroup ${path.basename(cgroup)}`);
  }
  for (const folder of changes) {
    removeChanges(folder);
    tell(`removed ${folder}, which a container has written`);
  }
  for (const thing of network) {
    removeFromNetwork(thing);
    tell(`removed the ${thing}`);
  }
  if (files.length > 0) tell(`gave ${giveToOwner()} files of root's to the owner of the repo`);
}

async function killContainer({ pids }: Container): Promise<void> {
  // The outermost first: when it is process 1 of its namespace, the kernel ends the others.
  for (const pid of pids) sendSignal(pid, "SIGKILL");
  await until("their end", () => !pids.some(isAlive), PATIENCE);
}

/** Ends the program that has carried what a container of stage 12 sent. It has a file with its number there. */
function endNetwork(file: string): void {
  const pid = Number.parseInt(readIfThere(file), 10);
  // Its number may be another's by now
  if (pid > 1 && /^\d+ \((pasta|slirp4netns)/.test(readIfThere(`/proc/${pid}/stat`)))
    sendSignal(pid, "SIGTERM");
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** @throws {Error} when something is mounted there, which would be removed as well */
function removeChanges(folder: string): void {
  const mount = readMountinfo().find(({ mountPoint }) => isBelow(mountPoint, folder));
  if (mount)
    throw new Error(
      `something is mounted there: type "umount ${mount.mountPoint}", then try again`,
    );
  endNetwork(path.join(folder, "network.pid"));
  rmSync(folder, { recursive: true, force: true });
}
