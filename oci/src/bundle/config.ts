/** The content of a bundle's config.json, but for the program. All of it is from an earlier stage. */
export const config = {
  ociVersion: "1.0.2",
  root: { path: "rootfs" },
  hostname: "container", // stage 2
  mounts: [
    // Stages 3 and 7
    { destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"] },
    tmpfs("/dev", "nosuid", "strictatime", "mode=755", "size=65536k"),
    {
      ...{ destination: "/dev/pts", type: "devpts", source: "devpts" },
      options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
    },
    tmpfs("/dev/shm", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
    {
      ...{ destination: "/dev/mqueue", type: "mqueue", source: "mqueue" },
      options: ["nosuid", "noexec", "nodev"],
    },
    {
      ...{ destination: "/sys", type: "sysfs", source: "sysfs" },
      options: ["nosuid", "noexec", "nodev", "ro"],
    },
  ],
  linux: {
    // Stages 1 to 4, 7, 9 and 10
    namespaces: ["pid", "network", "ipc", "uts", "mount", "cgroup"].map((type) => ({ type })),
    resources: { pids: { limit: 100 } }, // stage 5
    maskedPaths: [
      ...["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats"],
      ...["/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi"],
      ...["/sys/firmware", "/sys/devices/virtual/tpm"],
    ],
    readonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
  },
};

/** The capabilities of a program: Docker's list, of stage 11. */
export const CAPABILITIES = [
  ...["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP"],
  ...["NET_BIND_SERVICE", "NET_RAW", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP"],
].map((name) => `CAP_${name}`);

/** Those calls of stage 11 that are for mounts, namespaces, the kernel and others' secrets. */
export const REFUSED = [
  ...["mount", "umount2", "pivot_root", "open_tree", "move_mount", "mount_setattr"],
  ...["fsopen", "fsconfig", "fsmount", "fspick", "open_by_handle_at", "unshare", "setns"],
  ...["reboot", "swapon", "swapoff", "ioperm", "iopl", "kexec_load", "kexec_file_load"],
  ...["init_module", "finit_module", "delete_module", "bpf", "perf_event_open"],
  ...["io_uring_setup", "userfaultfd", "add_key", "request_key", "keyctl"],
  ...["ptrace", "process_vm_readv", "process_vm_writev"],
];

function tmpfs(destination: string, ...options: string[]) {
  return { destination, type: "tmpfs", source: "tmpfs", options };
}
