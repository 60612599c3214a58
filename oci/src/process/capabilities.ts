import { readFileSync } from "node:fs";
import {
  capset,
  PR_CAP_AMBIENT,
  PR_CAP_AMBIENT_RAISE,
  PR_CAPBSET_DROP,
  PR_SET_KEEPCAPS,
  prctl,
} from "shared-native";
import type { Process } from "../config/process.ts";

/** The parts of what root may do, in the order of their numbers, from <linux/capability.h>. */
export const CAPABILITIES = [
  ...["CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID"],
  ...["SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW"],
  ...["IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT"],
  ...["SYS_ADMIN", "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD"],
  ...["LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG"],
  ...["WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE"],
].map((name) => `CAP_${name}`);

type Sets = NonNullable<Process["capabilities"]>;

const NONE: Sets = { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] };

/** Lists the capabilities that have no number: they are left out, with a warning. */
export function unknownCapabilities(sets: Sets = NONE): string[] {
  const names = new Set(Object.values(sets).flat());
  return [...names].filter((name) => !CAPABILITIES.includes(name));
}

/** Returns how many there are in this kernel. Its /proc has to be in sight. */
export function countCapabilities(): number {
  return Number(readFileSync("/proc/sys/kernel/cap_last_cap", "utf8")) + 1;
}

/** Leaves no more in the bounding set. It takes CAP_SETPCAP, so it comes first. */
export function dropBounding({ bounding } = NONE, count: number): void {
  for (let number = 0; number < count; number++) {
    if (!bounding.includes(CAPABILITIES[number] ?? "")) prctl(PR_CAPBSET_DROP, number);
  }
  // A change of user from root to another would take all others, too
  prctl(PR_SET_KEEPCAPS, 1);
}

/**
 * Sets the others, when the user is the right one.
 *
 * @param withAdmin true if CAP_SYS_ADMIN is still needed
 */
export function setCapabilities(sets = NONE, withAdmin = false): void {
  const { effective, permitted, inheritable, ambient } = sets;
  const admin = withAdmin ? ["CAP_SYS_ADMIN"] : [];
  capset({
    effective: bits([...effective, ...admin]),
    permitted: bits([...permitted, ...admin]),
    inheritable: bits(inheritable),
  });
  const both = ambient.filter((name) => permitted.includes(name) && inheritable.includes(name));
  for (const name of both.filter((each) => CAPABILITIES.includes(each))) {
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAPABILITIES.indexOf(name));
  }
}

function bits(names: string[]): bigint {
  const known = names.filter((name) => CAPABILITIES.includes(name));
  return known.reduce((set, name) => set | (1n << BigInt(CAPABILITIES.indexOf(name))), 0n);
}
