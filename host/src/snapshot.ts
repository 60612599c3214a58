import { readFileSync } from "node:fs";
import { parseMountinfo } from "shared-native";
import type { Host } from "./open-host.ts";

/** Returns what a container may not change on its host, in a form that can be compared. */
export async function snapshot(host: Pick<Host, "pid" | "run">) {
  return { hostname: (await host.run("hostname")).stdout.trim(), mounts: mountsOf(host) };
}

/** Lists the host's mount points, in the order of its table. */
export function mountsOf({ pid }: { pid: number }): string[] {
  const text = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  return parseMountinfo(text).map(({ mountPoint }) => mountPoint);
}
