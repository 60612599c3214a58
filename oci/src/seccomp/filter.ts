import { constants } from "node:os";
import {
  BPF_AT_LEAST,
  BPF_EQUAL,
  BPF_LOAD,
  BPF_RETURN,
  instruction,
  machine,
  SECCOMP_DATA_ARCH,
  SECCOMP_DATA_NR,
  SECCOMP_RET_ALLOW,
  SECCOMP_RET_ERRNO,
  SECCOMP_RET_KILL_PROCESS,
} from "shared-native";
import type { Seccomp } from "../config/linux.ts";
import { numberOf } from "./syscall-names.ts";

type Rule = Seccomp["syscalls"][number];
type Condition = Rule["args"][number];

// Others from <linux/seccomp.h>
const SECCOMP_RET_KILL_THREAD = 0;
const SECCOMP_RET_TRAP = 0x00030000;
const SECCOMP_RET_TRACE = 0x7ff00000;
const SECCOMP_RET_LOG = 0x7ffc0000;
/** The place of the first argument: each has eight bytes, the lower half first. */
const SECCOMP_DATA_ARGS = 16;
// Others from <linux/bpf_common.h>
/** BPF_JMP | BPF_JGT | BPF_K: is the register larger than the value? */
const BPF_GREATER = 0x25;
/** BPF_ALU | BPF_AND | BPF_K: leaves only these bits in the register. */
const BPF_AND = 0x54;

/** The answers: what may become of a call. */
export const ACTIONS: Record<Seccomp["defaultAction"], number> = {
  SCMP_ACT_KILL: SECCOMP_RET_KILL_THREAD,
  SCMP_ACT_KILL_THREAD: SECCOMP_RET_KILL_THREAD,
  SCMP_ACT_KILL_PROCESS: SECCOMP_RET_KILL_PROCESS,
  SCMP_ACT_TRAP: SECCOMP_RET_TRAP,
  SCMP_ACT_ERRNO: SECCOMP_RET_ERRNO,
  SCMP_ACT_TRACE: SECCOMP_RET_TRACE,
  SCMP_ACT_LOG: SECCOMP_RET_LOG,
  SCMP_ACT_ALLOW: SECCOMP_RET_ALLOW,
};

/** For each comparison: a jump for both halves of an argument, and whether it holds when that says no. */
export const OPERATORS: Record<Condition["op"], { code: number; negated: boolean }> = {
  SCMP_CMP_EQ: { code: BPF_EQUAL, negated: false },
  SCMP_CMP_NE: { code: BPF_EQUAL, negated: true },
  SCMP_CMP_MASKED_EQ: { code: BPF_EQUAL, negated: false },
  SCMP_CMP_GE: { code: BPF_AT_LEAST, negated: false },
  SCMP_CMP_LT: { code: BPF_AT_LEAST, negated: true },
  SCMP_CMP_GT: { code: BPF_GREATER, negated: false },
  SCMP_CMP_LE: { code: BPF_GREATER, negated: true },
};

/** Writes the program for the kernel, as since stage 11: from the list in config.json. */
export function writeFilter({ defaultAction, defaultErrnoRet, syscalls }: Seccomp): Buffer[] {
  const answer = instruction(BPF_RETURN, answerOf(defaultAction, defaultErrnoRet));
  return [
    // For a 32-bit program, which the kernel also runs, the numbers mean other calls
    instruction(BPF_LOAD, SECCOMP_DATA_ARCH),
    instruction(BPF_EQUAL, machine().arch, 1, 0),
    instruction(BPF_RETURN, SECCOMP_RET_KILL_PROCESS),
    instruction(BPF_LOAD, SECCOMP_DATA_NR),
    // x32 has the same arch as x86-64, and its own numbers, from here on
    instruction(BPF_AT_LEAST, 0x40000000, 0, 1),
    instruction(BPF_RETURN, SECCOMP_RET_ERRNO | constants.errno.ENOSYS),
    ...syscalls.flatMap((rule) => rule.names.flatMap((name) => writeRule(name, rule))),
    answer,
  ];
}

/** Writes what becomes of one call, if its arguments are so. One that this machine lacks needs no rule. */
function writeRule(name: string, { action, errnoRet, args }: Rule): Buffer[] {
  const number = numberOf(name);
  if (number === undefined) return [];
  const conditions = args.map((each) => writeCondition(each));
  const answer = instruction(BPF_RETURN, answerOf(action, errnoRet));
  const tests = [answer];
  // From the last to the first, as each has to know how many instructions to skip
  for (const condition of conditions.reverse()) tests.unshift(...condition(tests.length));
  const again = args.length > 0 ? [instruction(BPF_LOAD, SECCOMP_DATA_NR)] : [];
  return [instruction(BPF_EQUAL, number, 0, tests.length + again.length), ...tests, ...again];
}

/**
 * Writes a comparison of an argument. The machine has 32 bits, and an argument 64: first come the upper
 * ones, which decide unless they are equal.
 *
 * @returns a function that takes how many instructions to skip when it does not hold
 */
function writeCondition({ index, value, valueTwo, op }: Condition) {
  const { code, negated } = OPERATORS[op];
  const isMasked = op === "SCMP_CMP_MASKED_EQ";
  const compared = isMasked ? valueTwo : value;
  const load = (half: number) => {
    const mask = Number((value >> BigInt(32 * half)) & 0xffffffffn);
    const offset = SECCOMP_DATA_ARGS + 8 * index + 4 * half;
    const and = isMasked ? [instruction(BPF_AND, mask)] : [];
    return [instruction(BPF_LOAD, offset), ...and];
  };
  const [low, high] = [compared & 0xffffffffn, compared >> 32n].map(Number) as [number, number];
  return (skip: number): Buffer[] => {
    const lower = load(0);
    const isEquality = code === BPF_EQUAL;
    // Where an answer leads, counted from the last instruction on
    const yes = negated ? skip : 0;
    const no = negated ? 0 : skip;
    const last = instruction(code, low, yes, no);
    // The upper halves are larger: yes, and smaller: no. For equality, both are no
    const equal = instruction(BPF_EQUAL, high, 0, lower.length + 1 + no);
    const larger = instruction(BPF_GREATER, high, lower.length + 2 + yes, 0);
    return [...load(1), ...(isEquality ? [] : [larger]), equal, ...lower, last];
  };
}

function answerOf(action: Seccomp["defaultAction"], errno: number = constants.errno.EPERM): number {
  const hasValue = action === "SCMP_ACT_ERRNO" || action === "SCMP_ACT_TRACE";
  return ACTIONS[action] + (hasValue ? errno : 0);
}
