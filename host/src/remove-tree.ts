import { removeCgroup } from "shared-native";
import { childGroups, processesOf } from "./cgroups.ts";
import { sendSignal } from "./processes.ts";

/** Removes a cgroup and all those below it, after ending their processes. */
export async function removeTree(directory: string): Promise<void> {
  for (const group of childGroups(directory)) await removeTree(group);
  for (const pid of processesOf(directory)) sendSignal(pid, "SIGKILL");
  removeCgroup(directory);
}
