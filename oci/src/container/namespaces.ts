import { openSync, readlinkSync } from "node:fs";
import {
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  setns,
  unshare,
} from "shared-native";
import type { Linux } from "../config/linux.ts";
import { isRootOfHost } from "./user-namespace.ts";

/** The namespaces by their names in config.json, and their files in /proc/<pid>/ns. */
const NAMESPACES = {
  pid: { flag: CLONE_NEWPID, file: "pid" },
  network: { flag: CLONE_NEWNET, file: "net" },
  ipc: { flag: CLONE_NEWIPC, file: "ipc" },
  uts: { flag: CLONE_NEWUTS, file: "uts" },
  cgroup: { flag: CLONE_NEWCGROUP, file: "cgroup" },
  // Last, as joining it moves the root: then the files of the others are not there any more
  mount: { flag: CLONE_NEWNS, file: "mnt" },
} as const;

type Namespaces = Linux["namespaces"];

/** Returns the flags for the namespaces that are to be new, without that for cgroups: it comes later. */
export function newNamespaces(namespaces: Namespaces): number {
  return namespaces
    .filter(({ type, path }) => !path && type !== "cgroup")
    .reduce((flags, { type }) => flags | NAMESPACES[type].flag, 0);
}

/**
 * Makes those that a child makes by itself: all but that for processes, in a user namespace. There, who
 * starts it could not go back to its own, which are another user's.
 */
export function makeOwnNamespaces(namespaces: Namespaces): void {
  const flags = newNamespaces(namespaces) & ~CLONE_NEWPID;
  if (!isRootOfHost() && flags !== 0) unshare(flags);
}

/** Tells whether the container has a namespace of that type that is not its engine's. */
export function hasOwn(namespaces: Namespaces, name: keyof typeof NAMESPACES): boolean {
  return namespaces.some(({ type }) => type === name);
}

/** Does something whose children are born in another PID namespace: only the mother can choose it. */
export function inPidNamespace<T>(file: string | undefined, work: () => T): T {
  if (!file) return work();
  const own = openSync("/proc/self/ns/pid", "r");
  setns(openSync(file, "r"), CLONE_NEWPID);
  try {
    return work();
  } finally {
    if (isRootOfHost()) setns(own, CLONE_NEWPID);
  }
}

/**
 * Moves this thread into namespaces that are there already. The program that it becomes stays there.
 *
 * @throws {SyscallError} `EINVAL` for a file of another type
 */
export function joinNamespaces(namespaces: Namespaces): void {
  const files = Object.entries(NAMESPACES).flatMap(([name, { flag }]) => {
    const path = namespaces.find(({ type }) => type === name)?.path;
    return path && name !== "pid" && !isOurs(path) ? [{ fd: openSync(path, "r"), flag }] : [];
  });
  for (const { fd, flag } of files) {
    // Else this thread shares root and working directory with Node's others, and the kernel refuses
    if (flag === CLONE_NEWNS) unshare(CLONE_NEWNS);
    setns(fd, flag);
  }
}

/** Tells whether this process is in there: in a user namespace, one cannot even join the host's own. */
function isOurs(path: string): boolean {
  const [, file] = /^\/proc\/\d+\/ns\/(\w+)$/.exec(path) ?? [];
  return file !== undefined && readlinkSync(path) === readlinkSync(`/proc/self/ns/${file}`);
}

/** Returns all namespaces of a process. */
export function namespacesOf(pid: number): Namespaces {
  return Object.entries(NAMESPACES).map(([name, { file }]) => ({
    type: name as keyof typeof NAMESPACES,
    path: `/proc/${pid}/ns/${file}`,
  }));
}
