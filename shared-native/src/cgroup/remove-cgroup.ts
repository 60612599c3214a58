import { spawn } from "node:child_process";
import { existsSync, rmdirSync } from "node:fs";
import type { Socket } from "node:net";
import path from "node:path";
import { reportError } from "../errors/one-line-errors.ts";
import { CLOSE_RANGE_CLOEXEC, closeRange, waitid } from "../libc/process.ts";
import { holdEndingSignals } from "../process/ending-signals.ts";

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
 * A script that waits until its input ends, then at most a minute for the cgroup to be empty. After two
 * seconds it kills who is left in there: process 1 may have nobody else who tells it.
 */
const WATCH = `
  read -r line
  for try in $(seq 600); do
    rmdir "$1" || [ ! -d "$1" ] && exit
    sleep 0.1
    [ "$try" -lt 20 ] || kill -KILL $(cat "$1/tasks" "$1/cgroup.threads")
  done`;

/**
 * Sees to it that a cgroup is removed when this process ends. A signal that would end it at once is
 * held from now on, until `wait` takes it. Nobody can handle SIGKILL: so another process watches
 * this one, as containerd's shim does for runc. It waits for the end of a pipe, which the kernel
 * closes with this process.
 *
 * @param directory the cgroup, before it is made
 * @throws {Error} when there can be no such process
 * @throws {SyscallError} what close_range(2) gives
 */
export function removeCgroupAtEnd(directory: string): void {
  closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC); // or it would keep open what whoever started us has
  const watcher = spawn("/bin/sh", ["-c", WATCH, "sh", directory], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C and the end of the terminal are not for it
    cwd: "/",
    env: { PATH: [process.env.PATH, "/usr/bin", "/bin"].filter(Boolean).join(":") },
  });
  if (watcher.pid === undefined) {
    watcher.once("error", () => {}); // comes too late: by then there would be a cgroup
    throw new Error("/bin/sh cannot be started to watch this process: see ulimit -n and -u");
  }
  // This process does not wait for it
  watcher.unref();
  (watcher.stdin as Socket).unref();

  // In front of the handler that ends this process, whoever has asked for that
  process.prependListener("exit", () => {
    try {
      // spawn could not bring this process back from the container, whose root has changed meanwhile: the
      // watcher is still on the host
      if (!existsSync(path.dirname(directory))) return;
      if (existsSync(directory)) removeCgroup(directory);
      if (watcher.pid && watcher.kill("SIGKILL")) waitid(watcher.pid);
    } catch (error) {
      // The watcher goes on when this process has ended
      reportError(error as Error);
      process.exitCode = 1;
    }
  });
  holdEndingSignals();
}
