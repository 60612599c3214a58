import { mkdirSync, mkdtempSync } from "node:fs";
import path from "node:path";
import { childGroups, type Host, type HostOptions } from "host";
import { cgroupProcs, cgroupRoot, removeCgroup } from "shared-native";
import { onTestFinished } from "vitest";
import { openHost } from "../../kit/open-host.ts";

/**
 * Opens a host that has a part of the cgroups for itself, in the place of all: what is started on it and
 * what its containers make is in there, and nothing else is.
 *
 * @returns it, and a function that lists the cgroups that were made in there
 */
export async function openHostWithCgroups(
  options?: HostOptions,
): Promise<{ host: Host; cgroups: () => string[] }> {
  const root = cgroupRoot("pids");
  const part = mkdtempSync(path.join(root, "soak-"));
  // With v2, a cgroup that has others has no processes itself
  const processes = path.join(part, "host");
  mkdirSync(processes);
  onTestFinished(() => {
    for (const group of [...childGroups(part), part]) removeCgroup(group);
  });
  const host = await openHost(options);
  await host.run("mount", "--bind", part, root);
  const join = ["sh", "-c", 'echo 0 >"$1" && shift && exec "$@"', "sh", cgroupProcs(processes)];
  return {
    host: { ...host, enter: (folder) => [...join, ...host.enter(folder)] },
    cgroups: () => childGroups(part).filter((group) => group !== processes),
  };
}
