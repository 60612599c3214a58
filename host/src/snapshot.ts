import { readFileSync } from "node:fs";
import { parseMountinfo } from "shared-native";
import { hostnameOf } from "./hostname.ts";

/** Returns what a container may not change on its host, in a form that can be compared. */
export async function snapshot(host: { pid: number }) {
  return { hostname: hostnameOf(host.pid), mounts: mountsOf(host) };
}

/** Lists the host's mount points, in the order of its table. */
export function mountsOf({ pid }: { pid: number }): string[] {
  const text = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  return parseMountinfo(text).map(({ mountPoint }) => mountPoint);
}
