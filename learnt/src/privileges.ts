import { readFileSync } from "node:fs";
import { constants } from "node:os";
import {
  BPF_ANY_BIT,
  BPF_AT_LEAST,
  BPF_EQUAL,
  BPF_LOAD,
  BPF_RETURN,
  CAP_AUDIT_WRITE,
  CAP_CHOWN,
  CAP_DAC_OVERRIDE,
  CAP_FOWNER,
  CAP_FSETID,
  CAP_KILL,
  CAP_MKNOD,
  CAP_NET_BIND_SERVICE,
  CAP_NET_RAW,
  CAP_SETFCAP,
  CAP_SETGID,
  CAP_SETPCAP,
  CAP_SETUID,
  CAP_SYS_CHROOT,
  CLONE_NEWCGROUP,
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUSER,
  CLONE_NEWUTS,
  capget,
  capset,
  instruction,
  machine,
  PR_CAPBSET_DROP,
  PR_SET_NO_NEW_PRIVS,
  prctl,
  SECCOMP_DATA_ARCH,
  SECCOMP_DATA_ARG0,
  SECCOMP_DATA_NR,
  SECCOMP_RET_ALLOW,
  SECCOMP_RET_ERRNO,
  SECCOMP_RET_KILL_PROCESS,
  type Syscall,
  seccomp,
} from "shared-native";

/** The capabilities that root keeps: Docker's list. */
const CAPABILITIES = [
  ...[CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID],
  ...[CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_CHROOT, CAP_MKNOD],
  ...[CAP_AUDIT_WRITE, CAP_SETFCAP],
];

/** The system calls that nobody may make: for mounts, for namespaces, for the kernel, for others' secrets. */
const REFUSED: Syscall[] = [
  ...(["mount", "umount2", "pivot_root", "open_tree", "move_mount", "mount_setattr"] as const),
  ...(["fsopen", "fsconfig", "fsmount", "fspick", "open_by_handle_at"] as const),
  ...(["unshare", "setns"] as const),
  ...(["reboot", "swapon", "swapoff", "ioperm", "iopl", "kexec_load", "kexec_file_load"] as const),
  ...(["init_module", "finit_module", "delete_module", "bpf", "perf_event_open"] as const),
  ...(["io_uring_setup", "userfaultfd"] as const),
  ...(["add_key", "request_key", "keyctl"] as const),
  ...(["ptrace", "process_vm_readv", "process_vm_writev"] as const),
];

/** The flags of clone that make namespaces. */
const NAMESPACES =
  CLONE_NEWUTS |
  CLONE_NEWPID |
  CLONE_NEWNS |
  CLONE_NEWIPC |
  CLONE_NEWNET |
  CLONE_NEWCGROUP |
  CLONE_NEWUSER;

/** Takes away what root could do to the host, for good. */
export function dropPrivileges() {
  const last = Number(readFileSync("/proc/sys/kernel/cap_last_cap", "utf8"));
  for (let capability = 0; capability <= last; capability++) {
    // What is not in the bounding set, a program of root's does not get when it starts
    if (!CAPABILITIES.includes(capability)) prctl(PR_CAPBSET_DROP, capability);
  }
  // A program of root's also gets what is inheritable, as from whoever has started run()
  capset({ ...capget(), inheritable: 0n });
  // Nor does a program get more by its file, as sudo does. Who may not have more, may set a filter
  prctl(PR_SET_NO_NEW_PRIVS, 1);
  seccomp(filter());
}

/** Writes a program for the kernel, which runs it at each system call: its answer is what becomes of that. */
function filter(): Buffer[] {
  const { arch, number } = machine();
  const refuse = (name: Syscall, errno = constants.errno.EPERM) => {
    const call = number(name);
    if (call === undefined) return []; // not on this machine
    // No is an answer to the question, and skips the next instruction
    return [instruction(BPF_EQUAL, call, 0, 1), instruction(BPF_RETURN, SECCOMP_RET_ERRNO | errno)];
  };
  return [
    // For a 32-bit program, which the kernel also runs, the numbers mean other calls
    instruction(BPF_LOAD, SECCOMP_DATA_ARCH),
    instruction(BPF_EQUAL, arch, 1, 0),
    instruction(BPF_RETURN, SECCOMP_RET_KILL_PROCESS),
    instruction(BPF_LOAD, SECCOMP_DATA_NR),
    // x32 has the same arch as x86-64, and its own numbers, from here on
    instruction(BPF_AT_LEAST, 0x40000000, 0, 1),
    instruction(BPF_RETURN, SECCOMP_RET_ERRNO | constants.errno.EPERM),
    ...REFUSED.flatMap((name) => refuse(name)),
    // Its flags are in memory, where no filter can look: who gets ENOSYS tries clone
    ...refuse("clone3", constants.errno.ENOSYS),
    // clone starts processes and threads. Only with these flags is it for namespaces
    instruction(BPF_EQUAL, number("clone") ?? -1, 0, 3),
    instruction(BPF_LOAD, SECCOMP_DATA_ARG0),
    instruction(BPF_ANY_BIT, NAMESPACES, 0, 1),
    instruction(BPF_RETURN, SECCOMP_RET_ERRNO | constants.errno.EPERM),
    instruction(BPF_RETURN, SECCOMP_RET_ALLOW),
  ];
}
