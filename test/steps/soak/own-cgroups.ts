import { mkdtempSync } from "node:fs";
import path from "node:path";
import { childGroups, type Host } from "host";
import { cgroupRoot, removeCgroup } from "shared-native";
import { onTestFinished } from "vitest";

/**
 * Gives a host a part of the cgroups for itself, in the place of all: what its containers make is in
 * there, and nothing else is.
 *
 * @returns a function that lists the cgroups in there
 */
export async function ownCgroups(host: Host): Promise<() => string[]> {
  const root = cgroupRoot("pids");
  const part = mkdtempSync(path.join(root, "soak-"));
  onTestFinished(async () => {
    for (const group of [...childGroups(part), part]) removeCgroup(group);
  });
  await host.run("mount", "--bind", part, root);
  return () => childGroups(part);
}
