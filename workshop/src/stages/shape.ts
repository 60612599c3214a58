/** A namespace by its name in /proc/<pid>/ns. */
export type Namespace = "uts" | "pid" | "mnt" | "ipc" | "net" | "cgroup";

/** The shape of a stage's container, as far as the facts depend on it. */
export interface Shape {
  /** The stage's folder in steps/ and its page in docs/: "03-pid-mnt-chroot". */
  name: string;
  /** The new namespaces of its container. */
  namespaces: Namespace[];
  /** Says that `run` starts this same program again as `child`, which finishes the container inside. */
  hasChild: boolean;
  /** The root directory of its command. */
  root: "host" | "ubuntu-fs" | "rootless-fs";
}
