import { removeCgroup } from "shared-native";
import { childGroups, processesOf } from "./cgroups.ts";
import { sendSignal } from "./processes.ts";

/** Removes a cgroup with all that are in it. Their processes are ended before. */
export async function removeTree(directory: string): Promise<void> {
  for (const group of childGroups(directory)) await removeTree(group);
  for (const pid of processesOf(directory)) sendSignal(pid, "SIGKILL");
  removeCgroup(directory);
}
