import { closeSync, existsSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { CLONE_NEWCGROUP, unshare } from "../libc/namespaces.ts";
import { ownCgroup } from "./own-cgroup.ts";

/**
 * Moves the calling thread into a new cgroup namespace, in which the given cgroups are "/". The kernel
 * takes what the thread is in for that: so it joins them, and then goes back to where it was.
 *
 * @param controllers of the cgroups: "pids", "memory"…
 * @param procs descriptors of the files by which a process joins them, opened by somebody whose cgroup
 *   namespace has all of them
 * @throws {SyscallError} `EPERM` without CAP_SYS_ADMIN
 * @see https://man7.org/linux/man-pages/man7/cgroup_namespaces.7.html
 */
export function unshareCgroup(controllers: string[], procs: number[]): void {
  const files = new Set(controllers.map(ownProcs));
  const back = [...files].map((file) => openSync(file, "w"));
  try {
    for (const fd of procs) writeSync(fd, "0");
    unshare(CLONE_NEWCGROUP);
  } finally {
    for (const fd of back) {
      writeSync(fd, "0");
      closeSync(fd);
    }
  }
}

/** Names the file by which a process joins the cgroup that this one is in already. */
function ownProcs(controller: string): string {
  const own = ownCgroup(controller);
  const tasks = path.join(own, "tasks"); // v1: moves this thread alone
  return existsSync(tasks) ? tasks : path.join(own, "cgroup.procs");
}
