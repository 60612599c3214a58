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

/** What every container may use: all devices that are no danger, its terminals, and making nodes. */
const HARMLESS = [
  ...["c *:* m", "b *:* m", "c 1:3 rwm", "c 1:5 rwm", "c 1:7 rwm", "c 1:8 rwm", "c 1:9 rwm"],
  ...["c 5:0 rwm", "c 5:1 rwm", "c 5:2 rwm", "c 136:* rwm"],
];

/** Returns the lines for v1's controller of devices. */
export function deviceRules({ devices }: Resources): { file: string; rule: string }[] {
  const rules = devices.map(({ allow, type, major, minor, access }) => {
    const [first, second] = [major, minor].map((n) => (n == null || n < 0 ? "*" : n));
    const file = allow ? "devices.allow" : "devices.deny";
    const isAll = !type || type === "a";
    return { file, rule: isAll ? "a" : `${type} ${first}:${second} ${access || "rwm"}` };
  });
  return devices.length === 0
    ? []
    : [...rules, ...HARMLESS.map((rule) => ({ file: "devices.allow", rule }))];
}
