import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "shared-native";
import { CAPABILITIES, config, REFUSED } from "./config.ts";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../../ubuntu-fs");

/** The bundle of stage 13, in its folder. */
export const BUNDLE = path.join(import.meta.dirname, "../../../steps/13-oci/bundle");

/** Makes the root of the bundle, unless it is there, and returns it. What a container writes stays in it. */
export function makeRoot(): string {
  mkdirSync(BUNDLE, { recursive: true });
  // Two at once make it once, and half of a root is none
  return withLock(BUNDLE, () => {
    const rootfs = path.join(BUNDLE, config.root.path);
    const half = `${rootfs}.half`;
    if (existsSync(rootfs)) return rootfs;
    rmSync(half, { recursive: true, force: true });
    execFileSync("cp", ["-a", "--reflink=auto", UBUNTU_FS, half]);
    renameSync(half, rootfs);
    return rootfs;
  });
}

/**
 * Writes the config.json of a bundle.
 *
 * @param folder the bundle
 * @param args the program, and its arguments
 * @param root its root, below that folder or anywhere else
 */
export function writeConfig(folder: string, args: string[], root = config.root.path): void {
  const sets = { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES };
  const program = {
    terminal: process.stdin.isTTY && process.stdout.isTTY,
    user: { uid: 0, gid: 0 },
    args,
    env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", `TERM=${process.env.TERM ?? "dumb"}`],
    cwd: "/",
    capabilities: sets,
    noNewPrivileges: true,
  };
  const seccomp = {
    defaultAction: "SCMP_ACT_ALLOW",
    syscalls: [{ names: REFUSED, action: "SCMP_ACT_ERRNO" }],
  };
  const linux = { ...config.linux, seccomp };
  const text = { ...config, root: { path: root }, process: program, linux };
  writeFileSync(path.join(folder, "config.json"), `${JSON.stringify(text, null, 2)}\n`);
}
