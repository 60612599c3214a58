import * as v from "valibot";
import { absolute, int64, list, notDone, string, uint32, uint64, whole } from "./checks.ts";

const namespace = v.object({
  type: v.picklist(["pid", "network", "mount", "ipc", "uts", "cgroup"]),
  path: v.optional(v.union([v.literal(""), absolute])),
});

/** A device in the container's /dev. */
const device = v.object({
  type: v.picklist(["c", "u", "b", "p"]),
  path: absolute,
  major: v.optional(whole(0, 0xfff), 0),
  minor: v.optional(whole(0, 0xfffff), 0),
  fileMode: v.optional(whole(0, 0o7777), 0o666),
  uid: v.optional(uint32, 0),
  gid: v.optional(uint32, 0),
});

const deviceRule = v.object({
  allow: v.boolean(),
  type: v.optional(v.picklist(["a", "b", "c", ""])),
  major: v.nullish(whole(-1, 0x7fffffff)),
  minor: v.nullish(whole(-1, 0x7fffffff)),
  access: v.optional(v.pipe(string, v.regex(/^[rwm]*$/))),
});

const cpuList = v.pipe(string, v.regex(/^[\d,-]*$/, "Expected a list such as 0-3,6"));

const resourcesSchema = v.object({
  devices: list(deviceRule),
  pids: v.nullish(v.object({ limit: v.optional(int64) })),
  memory: v.nullish(
    v.object({
      limit: v.optional(int64),
      reservation: v.optional(int64),
      swap: v.optional(int64),
      kernel: notDone,
      kernelTCP: notDone,
      disableOOMKiller: notDone,
    }),
  ),
  cpu: v.nullish(
    v.object({
      shares: v.optional(int64),
      quota: v.optional(int64),
      period: v.optional(int64),
      cpus: v.optional(cpuList),
      mems: v.optional(cpuList),
      realtimeRuntime: notDone,
      realtimePeriod: notDone,
    }),
  ),
  unified: v.nullish(v.record(v.pipe(string, v.regex(/^[\w.]+$/)), string)),
  blockIO: notDone,
  hugepageLimits: notDone,
  network: notDone,
  rdma: notDone,
});

export type Resources = v.InferOutput<typeof resourcesSchema>;

const argument = v.object({
  index: whole(0, 5),
  value: uint64,
  valueTwo: v.optional(uint64, 0),
  op: v.picklist([
    ...(["SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ"] as const),
    ...(["SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"] as const),
  ]),
});

const action = v.picklist([
  ...(["SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP"] as const),
  ...(["SCMP_ACT_ERRNO", "SCMP_ACT_TRACE", "SCMP_ACT_LOG", "SCMP_ACT_ALLOW"] as const),
]);

const errnoRet = v.optional(whole(0, 4095));

const seccompSchema = v.object({
  defaultAction: action,
  defaultErrnoRet: errnoRet,
  architectures: list(v.pipe(string, v.startsWith("SCMP_ARCH_"))),
  flags: notDone,
  listenerPath: notDone,
  syscalls: list(v.object({ names: list(string), action, errnoRet, args: list(argument) })),
});

export type Seccomp = v.InferOutput<typeof seccompSchema>;

/** The part that only a Linux container has. */
export const linuxSchema = v.object({
  namespaces: v.pipe(
    list(namespace),
    v.check(
      (all) => new Set(all.map(({ type }) => type)).size === all.length,
      "A type of namespace is there twice",
    ),
    v.check(
      (all) => all.some(({ type }) => type === "mount"),
      "A container without mounts of its own is not done here",
    ),
  ),
  devices: list(device),
  cgroupsPath: v.optional(string, ""),
  resources: v.nullish(resourcesSchema),
  sysctl: v.nullish(v.record(string, string)),
  seccomp: v.nullish(seccompSchema),
  rootfsPropagation: v.optional(
    v.picklist(["", "shared", "slave", "private", "unbindable", "rshared", "rslave", "rprivate"]),
  ),
  maskedPaths: list(absolute),
  readonlyPaths: list(absolute),
  uidMappings: notDone,
  gidMappings: notDone,
  mountLabel: notDone,
  intelRdt: notDone,
  personality: notDone,
  timeOffsets: notDone,
});

export type Linux = v.InferOutput<typeof linuxSchema>;
