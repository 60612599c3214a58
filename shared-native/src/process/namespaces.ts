import { closeSync, openSync } from "node:fs";
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
  // Last, because rejoining it moves the working directory.
  { flag: CLONE_NEWNS, file: "mnt", name: "mount" },
] as const;

/** An open descriptor of a namespace. */
interface Namespace {
  flag: number;
  fd: number;
}

/**
 * Opens namespaces of this process, so that it can come back to them.
 *
 * @param flags which, CLONE_NEW* constants
 * @throws {Error} `ENOENT` for one that the kernel was built without
 */
export function openNamespaces(flags: number): Namespace[] {
  return namespaces
    .filter(({ flag }) => flags & flag)
    .map(({ flag, file }) => ({ flag, fd: openSync(`/proc/self/ns/${file}`, "r") }));
}

/** Moves this thread into namespaces that were opened before. */
export function joinNamespaces(opened: readonly Namespace[]): void {
  for (const { flag, fd } of opened) setns(fd, flag);
}

/** Closes their descriptors. */
export function closeNamespaces(opened: readonly Namespace[]): void {
  for (const { fd } of opened) closeSync(fd);
}
