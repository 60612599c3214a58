import { spawn } from "node:child_process";
import { closeRange } from "./close-range.ts";
import { CLOSE_RANGE_CLOEXEC } from "./constants/close-range.ts";
import { removeCgroup } from "./remove-cgroup.ts";

/** Waits for the end of its input, then for that of the last process in the cgroup: a minute at most. */
const WATCH =
  'read -r line; for try in $(seq 600); do rmdir "$1" || [ ! -d "$1" ] && exit; sleep 0.1; done';

/**
 * Sees to it that a cgroup is removed at the end, also when this process dies by SIGKILL, which
 * nobody can handle: so another process watches it, as containerd's shim does for runc. It waits for
 * the end of a pipe, which the kernel closes with this process.
 *
 * @param directory the cgroup, before it is made
 * @returns what removes the cgroup and ends the watcher
 * @throws {Error} when there can be no such process
 * @throws {SyscallError} what close_range(2) gives
 */
export function removeCgroupAtEnd(directory: string): () => Promise<void> {
  closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC); // or it would keep open what whoever started us has
  const watcher = spawn("/bin/sh", ["-c", WATCH, "sh", directory], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C and the end of the terminal are not for it
    cwd: "/",
  });
  if (watcher.pid === undefined) {
    watcher.once("error", () => {}); // comes too late: by then there would be a cgroup
    throw new Error("/bin/sh cannot be started to watch this process: see ulimit -n and -u");
  }
  const ended = new Promise((resolve) => watcher.once("exit", resolve));
  return async () => {
    await removeCgroup(directory); // if it throws, the watcher goes on when this process has ended
    watcher.stdin.destroy();
    await ended;
  };
}
