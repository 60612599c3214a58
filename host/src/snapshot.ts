import { readFileSync } from "node:fs";
import { parseMountinfo } from "shared-native";
import { run } from "./run.ts";

/** Returns what a container may not change on its host, in a form that can be compared. */
export async function snapshot(host: { pid: number }) {
  return { hostname: await hostnameOf(host.pid), mounts: mountsOf(host) };
}

/** Returns the hostname that a process sees, whatever programs it finds in its root. */
export async function hostnameOf(pid: number): Promise<string> {
  const { stdout } = await run(["nsenter", `--target=${pid}`, "--uts", "hostname"]);
  return stdout.replace(/\n$/, "");
}

/** Lists the host's mount points, in the order of its table. */
export function mountsOf({ pid }: { pid: number }): string[] {
  const text = readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  return parseMountinfo(text).map(({ mountPoint }) => mountPoint);
}
