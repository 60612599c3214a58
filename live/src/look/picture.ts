/** The kinds of namespaces, as the files in /proc/<pid>/ns are called. */
export const NAMESPACES = ["uts", "pid", "mnt", "net", "user", "ipc", "cgroup", "time"] as const;
export type Namespace = (typeof NAMESPACES)[number];

/** A host, its containers and all of their processes, as the kernel has them at one moment. */
export interface Picture {
  host: View;
  containers: Container[];
  /** In the order of their numbers on the host. */
  processes: Process[];
  /** Mounts in the host's table that a container has made. */
  leaks: Leak[];
}

/** The things that a process sees. */
export interface View {
  /** The numbers of its namespaces, where the kernel has such. */
  namespaces: Partial<Record<Namespace, string>>;
  hostname: string;
  /** The path of its root directory, as the host has it: "/" also for one that pivot_root(2) has made. */
  root: string;
  /** Tells two roots apart that have the same path. */
  rootId: string;
  /** Tells two folders /dev apart. */
  devId: string;
  /** The folders that its root is made of, if that is an overlay: one on the other, what is written last. */
  layers: string[];
  /** Its mount points, with their types: "proc on /proc". */
  mounts: string[];
  /** The names of its network devices. */
  network: string[];
  /** A line of its uid_map: "0 1000 1" makes root of user 1000. */
  users: string;
  /** Its bounding set, in hexadecimal digits: a bit for each capability that it, or what it starts, may have. */
  capabilities: string;
  limit?: Limit;
}

/** A group of processes that have at least one thing that is not the host's. */
export interface Container extends View {
  id: string;
  /** The id of the container that it is in, if that is not the host. */
  outer: string | undefined;
  /** The things that are not those of the container or the host that it is in. */
  own: (Namespace | "root" | "dev" | "layers" | "limit" | "capabilities")[];
  /** True if what is mounted in it is mounted on the host, too. */
  sharesMounts: boolean;
}

/** A limit of tasks, from the cgroup that has it. */
export interface Limit {
  cgroup: string;
  current: number;
  max: number;
  /** The number of forks that it has made fail. */
  refused: number;
}

export interface Process {
  /** Its number on the host. */
  pid: number;
  /** Its number in the PID namespace that it is in, where that is another one. */
  inside: number | undefined;
  /** The host's number of its parent. */
  parent: number;
  /** Its command line, or its name in brackets when it has none. */
  command: string;
  /** The half of a stage that it is. */
  role: "run" | "child" | undefined;
  /** The device number of the terminal whose foreground it is in: what is typed there is for it. */
  screen: number | undefined;
  threads: number;
  isZombie: boolean;
  /** The id of the container that it is in. */
  container: string | undefined;
  /** The number of its tasks that count for the container's limit. */
  counted: number;
}

export interface Leak {
  mount: string;
  mountPoint: string;
  /** The id of the container that has it, or undefined when that is gone, and the mount left behind. */
  container: string | undefined;
}
