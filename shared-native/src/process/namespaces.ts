import { closeSync, openSync } from "node:fs";
import { chroot, fchdir } from "../libc/chroot.ts";
import { O_PATH } from "../libc/fcntl.ts";
import {
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  setns,
} from "../libc/namespaces.ts";

/** The namespaces that a process can leave and join again, and their files in /proc/<pid>/ns. */
export const namespaces = [
  { flag: CLONE_NEWUTS, file: "uts", name: "UTS" },
  { flag: CLONE_NEWPID, file: "pid", name: "PID" },
  { flag: CLONE_NEWIPC, file: "ipc", name: "IPC" },
  { flag: CLONE_NEWNET, file: "net", name: "network" },
  { flag: CLONE_NEWCGROUP, file: "cgroup", name: "cgroup" },
  // Last, because rejoining it moves the root and the working directory.
  { flag: CLONE_NEWNS, file: "mnt", name: "mount" },
] as const;

/** The namespaces that a thread can come back to, and its root in them. */
export interface Place {
  namespaces: { flag: number; fd: number }[];
  /** Only with a mount namespace, as joining one moves the root: out of a chroot, to its own "/". */
  root: number | undefined;
}

/**
 * Opens namespaces of this process, so that it can come back to them.
 *
 * @param flags which, CLONE_NEW* constants
 * @throws {Error} `ENOENT` for one that the kernel was built without
 */
export function openPlace(flags: number): Place {
  return {
    namespaces: namespaces
      .filter(({ flag }) => flags & flag)
      .map(({ flag, file }) => ({ flag, fd: openSync(`/proc/self/ns/${file}`, "r") })),
    root: flags & CLONE_NEWNS ? openSync("/", O_PATH) : undefined,
  };
}

/** Moves this thread to a place that was opened before. Its working directory is then the root there. */
export function comeBack({ namespaces, root }: Place): void {
  for (const { flag, fd } of namespaces) setns(fd, flag);
  if (root === undefined) return;
  fchdir(root);
  chroot(".");
}

/** Closes its descriptors. */
export function closePlace({ namespaces, root }: Place): void {
  for (const { fd } of namespaces) closeSync(fd);
  if (root !== undefined) closeSync(root);
}
