import { statSync } from "node:fs";
import path from "node:path";
import { MS_BIND, MS_REC, MS_REMOUNT, mount } from "shared-native";
import type { Mount } from "../config/config.ts";
import { readOptions } from "./mount-options.ts";
import { atPlace } from "./places.ts";

/** Mounts one line of config.json in the container's root. */
export function mountOne(
  root: number,
  { destination, type, source, options }: Mount,
  bundle: string,
) {
  const { flags, propagation, data } = readOptions(options);
  const isBind = (flags & MS_BIND) !== 0 || type === "bind";
  const from = isBind ? path.resolve(bundle, source ?? "") : (source ?? type ?? "none");
  const kind = isBind && !statSync(from).isDirectory() ? "file" : "directory";
  atPlace(root, destination, kind, (target) => {
    if (isBind) mount(from, target, null, MS_BIND | (flags & MS_REC));
    else mount(from, target, type ?? null, flags, data);
  });
  // A bind mount gets flags of its own only in a second step
  const own = flags & ~(MS_BIND | MS_REC | MS_REMOUNT);
  atPlace(root, destination, kind, (target) => {
    if (isBind && own !== 0) mount("none", target, null, MS_BIND | MS_REMOUNT | own);
    for (const each of propagation) mount("none", target, null, each);
  });
}
