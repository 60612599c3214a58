import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { readMountinfo } from "../mountinfo.ts";
import { atEnd } from "./at-end.ts";

/** A script that tries for at most a minute, and not while something is mounted in there. */
const REMOVE = `
  for try in $(seq 600); do
    grep -qF " $1/" /proc/self/mountinfo || rm -rf --one-file-system -- "$1"
    [ -e "$1" ] || exit
    sleep 0.1
  done`;

/**
 * Sees to it that a directory is removed with all that is in it when this process ends, even when it
 * is killed. Nothing is removed while something is mounted in there: rm would go on into it.
 *
 * @param directory an absolute path; made as far as it is missing, except the last part
 */
export function removeTreeAtEnd(directory: string): void {
  const parent = path.dirname(directory);
  mkdirSync(parent, { recursive: true });
  // The kernel lists mounts without a symbolic link in their paths
  const real = path.join(realpathSync(parent), path.basename(directory));
  atEnd(() => removeTree(real, parent), REMOVE, real);
}

/** @throws {Error} when something is mounted in it */
function removeTree(directory: string, parent: string): void {
  // In a container whose root has changed, the watcher is still on the host
  if (!existsSync(parent)) return;
  const mounts = readMountinfo().map(({ mountPoint }) => mountPoint);
  const inside = mounts.find((mountPoint) => mountPoint.startsWith(`${directory}/`));
  if (inside) throw new Error(`something is mounted there: type "umount ${inside}"`);
  execFileSync("/bin/rm", ["-rf", "--one-file-system", "--", directory]);
}
