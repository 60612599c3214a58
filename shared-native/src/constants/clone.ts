// The namespaces of clone(2), unshare(2) and setns(2), from <linux/sched.h>.

/** Clocks: CLOCK_MONOTONIC and CLOCK_BOOTTIME. */
export const CLONE_NEWTIME = 0x00000080;
/** Mounts. The first namespace that Linux had, hence the name "new namespace". */
export const CLONE_NEWNS = 0x00020000;
/** The root of /proc/self/cgroup. */
export const CLONE_NEWCGROUP = 0x02000000;
/** Hostname and NIS domain name. */
export const CLONE_NEWUTS = 0x04000000;
/** System V IPC and POSIX message queues. */
export const CLONE_NEWIPC = 0x08000000;
/** User and group IDs, capabilities. */
export const CLONE_NEWUSER = 0x10000000;
/** Process IDs. */
export const CLONE_NEWPID = 0x20000000;
/** Network devices, addresses, routes, ports. */
export const CLONE_NEWNET = 0x40000000;
