import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseMountinfo } from "shared-native";
import { changesFolder } from "./folders.ts";
import { hostnameOf } from "./hostname.ts";
import { networkOf } from "./network.ts";

/** Returns what a container may not change on its host, in a form that can be compared. */
export async function snapshot(host: { pid: number }) {
  return {
    hostname: hostnameOf(host.pid),
    mounts: mountsOf(host),
    changes: changesOn(host),
    network: await networkOf(host),
  };
}

/** Lists the folders on the host with what containers have written. */
export function changesOn({ pid }: { pid: number }): string[] {
  const folder = path.join(`/proc/${pid}/root`, changesFolder);
  return readdirSync(folder).filter((name) => name.startsWith("container-"));
}

/** Lists the host's mount points, in the order of its table. */
export function mountsOf({ pid }: { pid: number }): string[] {
  const text = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  return parseMountinfo(text).map(({ mountPoint }) => mountPoint);
}
