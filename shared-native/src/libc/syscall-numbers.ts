/**
 * The numbers of system calls: on x86-64, from <asm/unistd_64.h>, and on arm64, from
 * <asm-generic/unistd.h>. Some are the x86's own.
 */
export const SYSCALL_NUMBERS = {
  add_key: [248, 217],
  bpf: [321, 280],
  clone: [56, 220],
  clone3: [435, 435],
  delete_module: [176, 106],
  finit_module: [313, 273],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fsopen: [430, 430],
  fspick: [433, 433],
  init_module: [175, 105],
  io_uring_setup: [425, 425],
  ioperm: [173, undefined],
  iopl: [172, undefined],
  kexec_file_load: [320, 294],
  kexec_load: [246, 104],
  keyctl: [250, 219],
  mount: [165, 40],
  mount_setattr: [442, 442],
  move_mount: [429, 429],
  open_by_handle_at: [304, 265],
  open_tree: [428, 428],
  perf_event_open: [298, 241],
  pivot_root: [155, 41],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  ptrace: [101, 117],
  reboot: [169, 142],
  request_key: [249, 218],
  setns: [308, 268],
  swapoff: [168, 225],
  swapon: [167, 224],
  umount2: [166, 39],
  unshare: [272, 97],
  userfaultfd: [323, 282],
} as const;

export type Syscall = keyof typeof SYSCALL_NUMBERS;

/** The machines, in the order of the columns, with their numbers from <linux/audit.h>. */
const MACHINES = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** The machine that a filter is for. */
export interface Machine {
  /** Its AUDIT_ARCH_* constant. */
  arch: number;
  /** Returns the number of a system call: undefined for one that it does not have. */
  number(name: Syscall): number | undefined;
}

/**
 * Returns what there is to know about a machine.
 *
 * @param name as Node names it: "x64" or "arm64"
 * @throws {Error} for another one
 */
export function machine(name: string = process.arch): Machine {
  const column = Object.keys(MACHINES).indexOf(name);
  const arch = Object.values(MACHINES)[column];
  if (arch === undefined) throw new Error(`the numbers of system calls on ${name} are not known`);
  return { arch, number: (call) => SYSCALL_NUMBERS[call][column] };
}
