import { openSync } from "node:fs";
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
    setns(own, CLONE_NEWPID);
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
    return path && name !== "pid" ? [{ fd: openSync(path, "r"), flag }] : [];
  });
  for (const { fd, flag } of files) {
    // Else this thread shares root and working directory with Node's others, and the kernel refuses
    if (flag === CLONE_NEWNS) unshare(CLONE_NEWNS);
    setns(fd, flag);
  }
}

/** Returns all namespaces of a process. */
export function namespacesOf(pid: number): Namespaces {
  return Object.entries(NAMESPACES).map(([name, { file }]) => ({
    type: name as keyof typeof NAMESPACES,
    path: `/proc/${pid}/ns/${file}`,
  }));
}
