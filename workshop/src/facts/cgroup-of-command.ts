import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { cgroupOf, type HostCgroup } from "host";
import type { Shell } from "./checked-code.ts";
import { expect, FactError } from "./fact.ts";
import { endedEarly } from "./wrong-endings.ts";

/** Returns the cgroup that a command is in, as the kernel tells it. */
export function cgroupOfCommand({ host, pid }: Pick<Shell, "host" | "pid">): string {
  return cgroupOf(pid, "pids", hostCgroup(host).hierarchy);
}

/** @throws {FactError} for a command that joins its cgroup when it is running already */
export function cgroupFromStart({ host, pid }: Pick<Shell, "host" | "pid">): string {
  const cgroup = cgroupOfCommand({ host, pid });
  expect(
    cgroup !== hostCgroup(host).processes,
    "the command is in its cgroup when it starts",
    "it starts in the host's",
    "What it starts before it joins is not limited. What becomes the command joins first, then becomes it: exec.",
  );
  return cgroup;
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

/**
 * Reads a file of a cgroup.
 *
 * @throws {FactError} when the container has taken it away
 */
export function readCgroup(cgroup: string, file: string): string {
  if (!existsSync(cgroup)) throw endedEarly();
  return readFileSync(path.join(cgroup, file), "utf8").trim();
}

/** Counts how often the limit made a fork fail: "max 17". */
export function refusedIn(cgroup: string): number {
  return Number(readCgroup(cgroup, "pids.events").split(/\s/)[1]);
}
