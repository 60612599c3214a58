import { openSync, realpathSync } from "node:fs";
import path from "node:path";
import {
  MNT_DETACH,
  MS_BIND,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  MS_SLAVE,
  mount,
  O_PATH,
  pivotRoot,
  takeTerminal,
  umount,
} from "shared-native";
import type { Config } from "../config/config.ts";
import { hasOwn } from "../container/namespaces.ts";
import { mountCgroups } from "./cgroup-mounts.ts";
import { bindConsole, makeDevices } from "./devices.ts";
import { maskPaths, protectPaths } from "./hidden-paths.ts";
import { PROPAGATION } from "./mount-options.ts";
import { mountOne } from "./mounts.ts";

/** A root for the container, while the host's is still in sight. */
interface Root {
  directory: string;
  /** All that is mounted or made in there is found from this descriptor on, and no link leads out. */
  fd: number;
}

/** Mounts everything that is in sight in the container, on top of its root. */
export function mountRoot(config: Config, bundle: string): Root {
  const { root, mounts, linux, process: program } = config;
  // What is mounted here does not get to the host; what the host mounts later gets here, where it is asked for
  mount("none", "/", null, MS_REC | MS_SLAVE);
  const directory = realpathSync(path.resolve(bundle, root.path));
  mount(directory, directory, null, MS_BIND | MS_REC);
  const fd = openSync(directory, O_PATH);
  const umask = process.umask(0);
  for (const each of mounts) {
    if (/^cgroup2?$/.test(each.type ?? "")) {
      mountCgroups(fd, each, linux.cgroupsPath, hasOwn(linux.namespaces, "cgroup"));
    } else mountOne(fd, each, bundle);
  }
  const hasOwnDev = mounts.some(({ destination }) => path.resolve("/", destination) === "/dev");
  const isBound = mounts.some(
    ({ destination, options }) =>
      path.resolve("/", destination) === "/dev" && options.some((each) => /^r?bind$/.test(each)),
  );
  if (hasOwnDev && !isBound) makeDevices(fd, linux.devices);
  // A terminal that `run` has made on the host. An engine gets one of the container's: console.ts
  const terminal = program?.terminal && process.stdin.isTTY ? takeTerminal() : undefined;
  if (terminal) bindConsole(fd, terminal);
  process.umask(umask);
  return { directory, fd };
}

/** Makes it "/", and leaves nothing of the host's. */
export function enterRoot({ root, linux }: Config, { directory }: Root) {
  process.chdir(directory);
  pivotRoot(".", ".");
  umount(".", MNT_DETACH);
  process.chdir("/");
  const { rootfsPropagation, maskedPaths, readonlyPaths } = linux;
  if (rootfsPropagation) mount("none", "/", null, PROPAGATION[rootfsPropagation] ?? 0);
  maskPaths(maskedPaths);
  protectPaths(readonlyPaths);
  if (root.readonly) mount("/", "/", null, MS_BIND | MS_REMOUNT | MS_RDONLY);
}
