import * as v from "valibot";
import { absolute, list, notDone, string, uint32, uint64, whole } from "./checks.ts";

const capabilities = v.object({
  bounding: list(string),
  effective: list(string),
  permitted: list(string),
  inheritable: list(string),
  ambient: list(string),
});

const rlimits = v.pipe(
  list(v.object({ type: string, soft: uint64, hard: uint64 })),
  v.check(
    (limits) => new Set(limits.map(({ type }) => type)).size === limits.length,
    "A type of limit is there twice",
  ),
);

/** The program that runs in a container, and as whom. */
export const processSchema = v.object({
  terminal: v.optional(v.boolean()),
  consoleSize: v.optional(v.object({ height: whole(0, 65535), width: whole(0, 65535) })),
  user: v.optional(
    v.object({
      uid: v.optional(uint32, 0),
      gid: v.optional(uint32, 0),
      umask: v.optional(whole(0, 0o777)),
      additionalGids: list(uint32),
    }),
    { uid: 0, gid: 0 },
  ),
  args: v.pipe(v.array(string), v.minLength(1, "Expected a program")),
  env: list(string),
  cwd: absolute,
  capabilities: v.optional(capabilities),
  rlimits,
  noNewPrivileges: v.optional(v.boolean(), false),
  oomScoreAdj: v.optional(whole(-1000, 1000)),
  apparmorProfile: notDone,
  selinuxLabel: notDone,
  scheduler: notDone,
  ioPriority: notDone,
  execCPUAffinity: notDone,
});

export type Process = v.InferOutput<typeof processSchema>;
