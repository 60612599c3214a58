import type { Container, Picture, Process, View } from "../src/look/picture.ts";

export type Kind = Container["own"][number];

/** The things that a container may have for its own, in the order in which the stages bring them. */
const COLUMNS: [Kind, string][] = [
  ["uts", "hostname"],
  ["pid", "process IDs"],
  ["root", "root directory"],
  ["mnt", "mounts"],
  ["limit", "tasks"],
  ["net", "network"],
  ["user", "users"],
];

/** Those that are only shown where some container has them. */
const MORE: [Kind, string][] = [
  ["dev", "devices"],
  ["layers", "layers"],
  ["capabilities", "capabilities"],
  ["ipc", "shared memory"],
  ["cgroup", "view of cgroups"],
  ["time", "clocks"],
];

export function columnsFor({ containers }: Picture): [Kind, string][] {
  return [...COLUMNS, ...MORE.filter(([kind]) => containers.some(({ own }) => own.includes(kind)))];
}

/** Returns what stands in a tile. */
export function shownValue(kind: Kind, view: View, processes: Process[], isHost: boolean): string {
  switch (kind) {
    case "uts":
      return view.hostname;
    case "pid":
      return `1 … ${Math.max(1, ...processes.map(({ pid, inside }) => (isHost ? pid : (inside ?? 1))))}`;
    case "root":
      return view.root.replace(/^.*(?=\/ubuntu-fs$)/, "…");
    case "mnt":
      return view.mounts.length > 1
        ? `${view.mounts.length}`
        : (view.mounts[0] ?? "none").replace(/^.* on /, "");
    case "dev":
      return isHost ? "all" : `${mountsInDev(view).length}`;
    case "layers":
      return `${view.layers.length || "none"}`;
    case "capabilities":
      return `${numberOfBits(view.capabilities)}`;
    case "limit":
      return view.limit ? `${view.limit.current} of ${view.limit.max}` : "no limit";
    case "net":
      return view.network.join(", ");
    case "user":
      return usersOf(view.users);
    default:
      // Its number is all that there is to show, and these begin with the same digits
      return `…${view.namespaces[kind]?.slice(-5)}`;
  }
}

/** Returns all of it, for who points at the tile. */
export function detailOf(kind: Kind, view: View): string {
  if (kind === "mnt") return view.mounts.join("\n");
  if (kind === "root") return view.root;
  if (kind === "layers") return view.layers.join("\n");
  if (kind === "dev") return mountsInDev(view).join("\n");
  if (kind === "net") return view.network.join("\n");
  if (kind === "limit") return view.limit?.cgroup ?? "";
  if (kind === "capabilities") return `CapBnd: ${view.capabilities}`;
  if (kind === "user") return `uid_map: ${view.users}`;
  return `${kind}:[${view.namespaces[kind]}]`; // as ls -l /proc/<pid>/ns shows it
}

function mountsInDev({ mounts }: View): string[] {
  return mounts.filter((mount) => mount.includes(" on /dev/"));
}

/** Counts the bits of a number in hexadecimal digits. */
function numberOfBits(digits: string): number {
  return BigInt(`0x${digits || "0"}`)
    .toString(2)
    .replaceAll("0", "").length;
}

/** "0 1000 1" makes root of user 1000, and "0 0 4294967295" is the host's own. */
function usersOf(map: string): string {
  const [inside, outside, count] = map.split(" ");
  if (count === "4294967295") return "root, …";
  return inside === "0" ? `root is ${outside}` : map;
}
