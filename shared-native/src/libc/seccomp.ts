import { addressOf } from "./ffi.ts";
import { PR_SET_SECCOMP, prctl } from "./process.ts";

// From <linux/seccomp.h>
const SECCOMP_MODE_FILTER = 2;
/** An answer of a filter: the process is ended, by SIGSYS. */
export const SECCOMP_RET_KILL_PROCESS = 0x80000000;
/** Another: the call fails with the errno that is added to this. */
export const SECCOMP_RET_ERRNO = 0x00050000;
/** Another: the call is made. */
export const SECCOMP_RET_ALLOW = 0x7fff0000;

// struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]; }: where is what
/** The number of the system call. */
export const SECCOMP_DATA_NR = 0;
/** The machine that it is a number of. */
export const SECCOMP_DATA_ARCH = 4;
/** The lower half of the first argument. */
export const SECCOMP_DATA_ARG0 = 16;

// From <linux/bpf_common.h>: the instructions of a small machine in the kernel, which works in one register
/** BPF_LD | BPF_W | BPF_ABS: loads four bytes of the data into the register. */
export const BPF_LOAD = 0x20;
/** BPF_JMP | BPF_JEQ | BPF_K: is the register equal to the value? */
export const BPF_EQUAL = 0x15;
/** BPF_JMP | BPF_JGE | BPF_K: is it as large, or larger? */
export const BPF_AT_LEAST = 0x35;
/** BPF_JMP | BPF_JSET | BPF_K: does it have any of the bits of the value? */
export const BPF_ANY_BIT = 0x45;
/** BPF_RET | BPF_K: ends with the value as the answer. */
export const BPF_RETURN = 0x06;

/**
 * Writes an instruction of a filter.
 *
 * @param code a BPF_* constant
 * @param value what it works with
 * @param ifTrue the number of instructions to skip when a question is answered by yes
 * @param ifFalse the same for no
 */
export function instruction(code: number, value: number, ifTrue = 0, ifFalse = 0): Buffer {
  // struct sock_filter { __u16 code; __u8 jt, jf; __u32 k; }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}

/**
 * Has the kernel run a filter at each system call of this thread, and of all that it starts, for good.
 *
 * @param instructions at most 4096
 * @throws {SyscallError} `EACCES` without CAP_SYS_ADMIN or PR_SET_NO_NEW_PRIVS, `EINVAL` for a program
 *   that may not end, or that jumps to where there is none
 * @see https://man7.org/linux/man-pages/man2/seccomp.2.html
 */
export function seccomp(instructions: Buffer[]): void {
  const filter = Buffer.concat(instructions);
  // struct sock_fprog { unsigned short len; struct sock_filter *filter; }
  const program = Buffer.alloc(16);
  program.writeUInt16LE(instructions.length, 0);
  program.writeBigUInt64LE(addressOf(filter), 8);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, Number(addressOf(program)));
}
