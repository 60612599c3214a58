import { existsSync, statSync } from "node:fs";
import {
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  mount,
} from "shared-native";

/** Covers files and folders that tell of the host, as since stage 7. */
export function maskPaths(paths: string[]): void {
  for (const path of paths) {
    if (!existsSync(path)) continue; // it may be in a folder that is covered already
    if (statSync(path).isDirectory()) mount("tmpfs", path, "tmpfs", MS_RDONLY);
    else mount("/dev/null", path, null, MS_BIND);
  }
}

/** Makes those read-only that change the host for all. */
export function protectPaths(paths: string[]): void {
  for (const path of paths.filter((each) => existsSync(each))) {
    // A mount point gets flags of its own only in a second step
    mount(path, path, null, MS_BIND | MS_REC);
    const flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    mount(path, path, null, MS_BIND | MS_REMOUNT | flags);
  }
}
