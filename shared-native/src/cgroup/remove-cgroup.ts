import { existsSync, rmdirSync } from "node:fs";
import path from "node:path";
import { atEnd, startWatcher } from "../process/watcher.ts";

/** The delays between attempts, in milliseconds: three seconds together. */
const DELAYS = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 640];

/**
 * Removes a cgroup. It is busy until the last of its dying processes is gone, so this tries again, and
 * nothing else happens meanwhile.
 *
 * @param directory the cgroup
 * @throws {Error} `EBUSY` when processes still live in it after three seconds
 */
export function removeCgroup(directory: string): void {
  for (const delay of DELAYS) {
    try {
      rmdirSync(directory);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EBUSY") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delay); // sleeps
    }
  }
  rmdirSync(directory);
}

/**
 * A script that waits at most a minute for the cgroup to be empty. After two seconds it kills who is
 * left in there: process 1 may have nobody else who tells it.
 */
const WATCH = `
  for try in $(seq 600); do
    rmdir "$1" || [ ! -d "$1" ] && exit
    sleep 0.1
    [ "$try" -lt 20 ] || kill -KILL $(cat "$1/tasks" "$1/cgroup.threads")
  done`;

/**
 * Sees to it that a cgroup is removed when this process ends, even when it is killed. A signal that
 * would end it at once is held from now on, until `wait` takes it.
 *
 * @param directory the cgroup, before it is made
 * @throws {Error} when no process can be started that watches this one
 * @throws {SyscallError} what close_range(2) gives
 */
export function removeCgroupAtEnd(directory: string): void {
  const watcher = startWatcher(WATCH, directory);
  atEnd(() => {
    // spawn could not bring this process back from the container, whose root has changed meanwhile: the
    // watcher is still on the host
    if (!existsSync(path.dirname(directory))) return;
    // Where this fails, the watcher goes on when this process has ended
    if (existsSync(directory)) removeCgroup(directory);
    watcher.dismiss();
  });
}
