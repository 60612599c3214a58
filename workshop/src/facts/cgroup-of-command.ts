import { readFileSync } from "node:fs";
import path from "node:path";
import { cgroupOf, type HostCgroup } from "host";
import type { Shell } from "./checked-code.ts";
import { FactError } from "./fact.ts";

/** Returns the cgroup that a command is in, as the kernel tells it. */
export function cgroupOfCommand({ host, pid }: Pick<Shell, "host" | "pid">): string {
  return cgroupOf(pid, "pids", hostCgroup(host).hierarchy);
}

/** @throws {FactError} where nobody counts tasks */
export function hostCgroup(host: Shell["host"]): HostCgroup {
  if (host.cgroup) return host.cgroup;
  throw new FactError(
    "a pids controller",
    "no cgroup of this machine counts tasks",
    'Type "pnpm workshop doctor".',
  );
}

/** Reads a file of a cgroup. */
export function readCgroup(cgroup: string, file: string): string {
  return readFileSync(path.join(cgroup, file), "utf8").trim();
}
