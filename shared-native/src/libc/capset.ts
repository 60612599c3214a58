import { check } from "./call.ts";
import { bind } from "./ffi.ts";

/** From <linux/capability.h>: sets of 64 bits, in two halves. */
const LINUX_CAPABILITY_VERSION_3 = 0x20080522;

/** Sets of capabilities: bit 21 is CAP_SYS_ADMIN, whose number is 21. */
export interface CapabilitySets {
  /** Those that the kernel looks at. */
  effective: bigint;
  /** Those that the thread may make effective. */
  permitted: bigint;
  /** Those that a program may get from this one, if its file says so. */
  inheritable: bigint;
}

// int capget(cap_user_header_t hdrp, cap_user_data_t datap);
const libcCapget = bind("capget", ["pointer", "pointer"]);
// int capset(cap_user_header_t hdrp, const cap_user_data_t datap);
const libcCapset = bind("capset", ["pointer", "pointer"]);

// struct __user_cap_header_struct { __u32 version; int pid; }: 0 is the caller
const header = () => Buffer.from(new Uint32Array([LINUX_CAPABILITY_VERSION_3, 0]).buffer);

/**
 * Returns the capabilities of the calling thread.
 *
 * @see https://man7.org/linux/man-pages/man2/capget.2.html
 */
export function capget(): CapabilitySets {
  const halves = new Uint32Array(6);
  check(libcCapget(header(), new Uint8Array(halves.buffer)), "capget", "");
  const [effective = 0n, permitted = 0n, inheritable = 0n] = [0, 1, 2].map(
    (set) => BigInt(halves[set] ?? 0) | (BigInt(halves[set + 3] ?? 0) << 32n),
  );
  return { effective, permitted, inheritable };
}

/**
 * Sets the capabilities of the calling thread.
 *
 * @throws {SyscallError} `EPERM` for one that it is not permitted to have
 * @see https://man7.org/linux/man-pages/man2/capset.2.html
 */
export function capset({ effective, permitted, inheritable }: CapabilitySets): void {
  // struct __user_cap_data_struct { __u32 effective, permitted, inheritable; }: the lower half comes first
  const sets = [effective, permitted, inheritable];
  const halves = [...sets, ...sets.map((set) => set >> 32n)].map((set) =>
    Number(set & 0xffffffffn),
  );
  const shown = sets.map((set) => `0x${set.toString(16)}`).join(", ");
  check(libcCapset(header(), Buffer.from(new Uint32Array(halves).buffer)), "capset", shown);
}
