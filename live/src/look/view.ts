import { type Mount, parseMountinfo } from "shared-native";
import { hostnameIn } from "./hostname.ts";
import type { View } from "./picture.ts";
import type { ProcFolder } from "./proc-folder.ts";
import type { Reading } from "./read-process.ts";

/** Returns what a process sees, all but its limit. */
export function viewOf(proc: ProcFolder, process: Reading): View {
  const { pid, namespaces, root } = process;
  const mounts = mountsOf(proc, pid);
  return {
    namespaces,
    hostname: hostnameIn(`${proc.path}/${pid}/ns/uts`),
    root: root.path,
    rootId: root.place,
    devId: proc.place(`${pid}/root/dev`),
    layers: layersOf(mounts),
    mounts: mounts.map(shown),
    network: [...proc.read(`${pid}/net/dev`).matchAll(/^\s*([^:\s|]+):/gm)].map(
      ([, name = ""]) => name,
    ),
    users: proc.read(`${pid}/uid_map`).trim().replace(/\s+/g, " "),
    capabilities: /^CapBnd:\t(\w+)$/m.exec(proc.read(`${pid}/status`))?.[1] ?? "",
  };
}

/** Lists the mounts that a process sees, as its own root has them. */
export function mountsOf(proc: ProcFolder, pid: number): Mount[] {
  return parseMountinfo(proc.read(`${pid}/mountinfo`));
}

/** Lists the folders of an overlay on "/", from its options. */
function layersOf(mounts: Mount[]): string[] {
  const root = mounts.findLast(({ mountPoint }) => mountPoint === "/");
  if (root?.filesystemtype !== "overlay") return [];
  const option = (name: string) =>
    root.superOptions.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
  const lower = (option("lowerdir") ?? "").split(":").filter(Boolean).reverse();
  const upper = option("upperdir");
  return upper === undefined ? lower : [...lower, upper];
}

/** Shows a mount as mount(8) does. */
export function shown({ filesystemtype, mountPoint }: Mount): string {
  return `${filesystemtype} on ${mountPoint}`;
}

/** Tells whether two tables have mounts in the same peer group, where each sees what the other mounts. */
export function sharePeers(some: Mount[], others: Mount[]): boolean {
  const peers = (mounts: Mount[]) =>
    mounts.flatMap(({ propagation }) => propagation.filter((tag) => tag.startsWith("shared:")));
  const known = new Set(peers(others));
  return peers(some).some((peer) => known.has(peer));
}
