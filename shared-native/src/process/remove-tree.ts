import { existsSync, realpathSync, rmSync } from "node:fs";
import { readMountinfo } from "../mountinfo.ts";
import { atEnd, startWatcher } from "./watcher.ts";

/**
 * A script that tries for three seconds, as processes that are about to die may still write. It waits
 * as long as something is mounted in there: rm would go on into that.
 */
const REMOVE = `
  for try in $(seq 30); do
    real=$(cd "$1" && pwd -P) || exit
    grep -qF " $real/" /proc/self/mountinfo || rm -rf --one-file-system "$real"
    [ -d "$real" ] || exit
    sleep 0.1
  done`;

/**
 * Sees to it that a directory is removed with all that is in it when this process ends, even when it
 * is killed. Where something is mounted in there, it stays.
 *
 * @param directory an absolute path, before it is made
 * @throws {Error} when no process can be started that watches this one
 * @throws {SyscallError} what close_range(2) gives
 */
export function removeTreeAtEnd(directory: string): void {
  const watcher = startWatcher(REMOVE, directory);
  atEnd(() => {
    watcher.finish();
    if (!existsSync(directory)) return;
    if (hasMounts(directory)) {
      throw new Error(
        `${directory} is left: unmount what is in there, then type "rm -r ${directory}"`,
      );
    }
    rmSync(directory, { recursive: true }); // somebody has killed the watcher
  });
}

function hasMounts(directory: string): boolean {
  const inside = `${realpathSync(directory)}/`;
  return readMountinfo().some(({ mountPoint }) => mountPoint.startsWith(inside));
}
