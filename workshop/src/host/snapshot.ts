import { readFileSync } from "node:fs";
import { parseMountinfo } from "shared-native";

/** A host, as far as this needs to know it. */
interface Host {
  pid: number;
  run(command: string): Promise<{ stdout: string }>;
}

/** What a container may not change on its host, in a form that can be compared. */
export async function snapshot(host: Host) {
  return { hostname: (await host.run("hostname")).stdout.trim(), mounts: mountsOf(host) };
}

/** The host's mount points, in the order of its table. */
export function mountsOf({ pid }: { pid: number }): string[] {
  const text = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  return parseMountinfo(text).map(({ mountPoint }) => mountPoint);
}
