import { check } from "./call.ts";
import { addressOf, bind } from "./ffi.ts";
import { machine } from "./syscall-numbers.ts";

// From <linux/bpf.h>
const BPF_PROG_LOAD = 5;
const BPF_PROG_ATTACH = 8;
const BPF_PROG_TYPE_CGROUP_DEVICE = 15;
const BPF_CGROUP_DEVICE = 6;
/** Programs of the cgroups above stay: all of them are asked. */
const BPF_F_ALLOW_MULTI = 2;

/** The instructions of a larger machine in the kernel than a filter's: it has ten registers. */
const EBPF = {
  /** Loads four bytes of the context: register = *(context + offset). */
  LOAD: 0x61,
  SET: 0xb7,
  COPY: 0xbf,
  AND: 0x57,
  SHIFT_RIGHT: 0x77,
  /** Jumps when a register is equal to a value, or is not. */
  IF_EQUAL: 0x15,
  IF_NOT_EQUAL: 0x55,
  /** The same for two registers. */
  IF_DIFFERENT: 0x5d,
  /** Ends with what is in register 0. */
  EXIT: 0x95,
} as const;

/** The operands of an instruction. */
interface Operands {
  /** The register that is read or changed. */
  register?: number;
  /** A second one. */
  source?: number;
  /** The number of instructions to skip, or a place in the context. */
  offset?: number;
  value?: number;
}

/** Writes an instruction of a program for cgroups. */
export function ebpf(name: keyof typeof EBPF, operands: Operands = {}): Buffer {
  const { register = 0, source = 0, offset = 0, value = 0 } = operands;
  // struct bpf_insn { __u8 code; __u8 dst_reg:4; __u8 src_reg:4; __s16 off; __s32 imm; }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt8(EBPF[name], 0);
  bytes.writeUInt8(register | (source << 4), 1);
  bytes.writeInt16LE(offset, 2);
  bytes.writeInt32LE(value, 4);
  return bytes;
}

// long syscall(long number, ...);
const libcSyscall = bind("syscall", ["unsigned long", "int", "pointer", "unsigned int"]);

/**
 * Has the kernel run a program whenever somebody in a cgroup opens or makes a device. It stays until the
 * cgroup is removed.
 *
 * @param cgroup a descriptor of its directory, in cgroup v2
 * @param instructions its answer is 1 for yes, or 0 for EPERM
 * @returns a descriptor of the program
 * @throws {SyscallError} `E2BIG` without an instruction; `EINVAL` for a program that may not end or has a
 *   part that is never reached, or from a kernel without CONFIG_CGROUP_BPF; `EACCES` for one that reads
 *   what was not set; `EPERM` without CAP_SYS_ADMIN, or CAP_BPF and CAP_NET_ADMIN; `EBADF`
 * @see https://man7.org/linux/man-pages/man2/bpf.2.html
 */
export function attachDeviceProgram(cgroup: number, instructions: Buffer[]): number {
  const code = Buffer.concat(instructions);
  const license = Buffer.from("GPL\0");
  // union bpf_attr { __u32 prog_type; __u32 insn_cnt; __u64 insns; __u64 license; … }
  const load = Buffer.alloc(48);
  load.writeUInt32LE(BPF_PROG_TYPE_CGROUP_DEVICE, 0);
  load.writeUInt32LE(instructions.length, 4);
  load.writeBigUInt64LE(addressOf(code), 8);
  load.writeBigUInt64LE(addressOf(license), 16);
  const program = bpf(BPF_PROG_LOAD, load, "BPF_PROG_LOAD, BPF_PROG_TYPE_CGROUP_DEVICE");
  // { __u32 target_fd; __u32 attach_bpf_fd; __u32 attach_type; __u32 attach_flags; }
  const attach = [cgroup, program, BPF_CGROUP_DEVICE, BPF_F_ALLOW_MULTI];
  bpf(BPF_PROG_ATTACH, Buffer.from(new Uint32Array(attach).buffer), `BPF_PROG_ATTACH, ${cgroup}`);
  return program;
}

function bpf(command: number, attributes: Buffer, shown: string): number {
  const number = machine().number("bpf") ?? 0;
  const result = libcSyscall(number, command, attributes, attributes.length);
  check(result, "bpf", shown);
  return result;
}
