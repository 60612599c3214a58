import type { Resources } from "../config/linux.ts";

/** A limit, and the files of cgroup v2 and v1 that may have it: those that are there are meant. */
interface Setting {
  what: string;
  files: [file: string, value: string][];
}

/** Returns what is written to the files of a cgroup. 0 means that nobody has asked. */
export function settingsFor({ pids, memory, cpu, unified }: Resources): Setting[] {
  const settings: Setting[] = [];
  const add = (what: string, value: unknown, ...files: Setting["files"]) => {
    if (value) settings.push({ what, files });
  };
  const { limit = 0, swap = 0, reservation = 0 } = memory ?? {};
  add("processes", pids?.limit, ["pids.max", orMax(pids?.limit)]);
  add("memory", limit, ["memory.max", orMax(limit)], ["memory.limit_in_bytes", `${limit}`]);
  add(
    "memory that is asked for",
    reservation,
    ["memory.low", orMax(reservation)],
    ["memory.soft_limit_in_bytes", `${reservation}`],
  );
  // In config.json and in v1, swap is memory and swap together. No limit needs no file
  if (swap > 0) {
    const alone = swap - Math.max(limit, 0);
    const v1 = ["memory.memsw.limit_in_bytes", `${swap}`] as [string, string];
    add("swap", swap, ["memory.swap.max", `${alone}`], v1);
  }
  const { shares = 0, quota = 0, period = 0, cpus = "", mems = "" } = cpu ?? {};
  // From 2 … 262144 to 1 … 10000
  const weight = 1 + Math.floor(((shares - 2) * 9999) / 262142);
  add("shares of processors", shares, ["cpu.weight", `${weight}`], ["cpu.shares", `${shares}`]);
  add("processor time", period, ["cpu.cfs_period_us", `${period}`], ["cpu.max", `max ${period}`]);
  const time = `${orMax(quota)} ${period || 100_000}`;
  add("processor time", quota, ["cpu.cfs_quota_us", `${quota}`], ["cpu.max", time]);
  add("processors", cpus, ["cpuset.cpus", cpus]);
  add("memory of processors", mems, ["cpuset.mems", mems]);
  for (const [file, value] of Object.entries(unified ?? {})) add(file, true, [file, value]);
  return settings;
}

function orMax(value = -1): string {
  return value < 0 ? "max" : `${value}`;
}

/** A rule for devices: without a number, it is about all of them. */
export interface DeviceRule {
  allow: boolean;
  /** Characters, blocks, or all. */
  type: "c" | "b" | "a";
  major: number | undefined;
  minor: number | undefined;
  /** Some of r, w, and m for making one. */
  access: string;
}

/** The devices that every container may use: those that are no danger, its terminals, and making any. */
const HARMLESS: DeviceRule[] = [
  { allow: true, type: "c", major: undefined, minor: undefined, access: "m" },
  { allow: true, type: "b", major: undefined, minor: undefined, access: "m" },
  ...[3, 5, 7, 8, 9].map((minor) => character(1, minor)),
  ...[0, 1, 2].map((minor) => character(5, minor)),
  character(136, undefined),
];

function character(major: number, minor: number | undefined): DeviceRule {
  return { allow: true, type: "c", major, minor, access: "rwm" };
}

/** Returns the rules for devices: the later ones count. None, if nobody has asked. */
export function deviceRules({ devices }: Resources): DeviceRule[] {
  if (devices.length === 0) return [];
  const numberOf = (n: number | null | undefined) => (n == null || n < 0 ? undefined : n);
  const asked = devices.map(({ allow, type, major, minor, access }) => ({
    allow,
    type: type || ("a" as const),
    major: numberOf(major),
    minor: numberOf(minor),
    access: access || "rwm",
  }));
  return [...asked, ...HARMLESS];
}

/** Writes a rule as v1's files have it. There, all devices are always meant with all that is done to them. */
export function lineOf({ type, major, minor, access }: DeviceRule): string {
  return type === "a" ? "a" : `${type} ${major ?? "*"}:${minor ?? "*"} ${access}`;
}
