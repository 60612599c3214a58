import path from "node:path";
import { MS_RDONLY } from "shared-native";
import type { Mount } from "../config/config.ts";
import { findHierarchies } from "../container/cgroups.ts";
import { readOptions } from "./mount-options.ts";
import { mountOne } from "./mounts.ts";

/**
 * Shows the container its cgroups, and no others.
 *
 * @param cgroup its path on the host
 * @param hasNamespace true if the container has a cgroup namespace: then its own are "/" in there
 */
export function mountCgroups(root: number, each: Mount, cgroup: string, hasNamespace: boolean) {
  const { destination, options } = each;
  const isReadOnly = (readOptions(options).flags & MS_RDONLY) !== 0;
  const writable = options.filter((option) => option !== "ro");
  const hierarchies = findHierarchies();
  const isV1 = hierarchies.some(({ isV2 }) => !isV2);
  if (isV1) {
    const mode = { type: "tmpfs", source: "tmpfs", options: [...writable, "mode=755"] };
    mountOne(root, { ...each, ...mode }, "/");
  }
  for (const { directory, isV2, data } of hierarchies) {
    const place = isV1 ? path.posix.join(destination, path.basename(directory)) : destination;
    const type = isV2 ? "cgroup2" : "cgroup";
    const own = hasNamespace
      ? { type, source: "cgroup", options: [...options, ...(isV2 ? [] : [data])] }
      : {
          type: "bind",
          source: path.join(directory, path.join("/", cgroup)),
          options: ["bind", ...options],
        };
    mountOne(root, { ...each, ...own, destination: place }, "/");
  }
  if (isV1 && isReadOnly)
    mountOne(root, { ...each, type: "none", options: ["remount", ...options] }, "/");
}
