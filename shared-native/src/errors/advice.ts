import { existsSync } from "node:fs";

/**
 * Says what to do where a machine lacks something. The stages, `pnpm rootfs`, `pnpm workshop check` and
 * `doctor` all say it in these words. Nothing else in this package knows of pnpm, the lab or ubuntu-fs:
 * the table is here because it has to be loaded before chroot, and stages import nothing else.
 */
export const advice = {
  linux: 'containers need the Linux kernel: type "vagrant up", then "vagrant ssh"',
  proc: 'there is no /proc here: type "mount -t proc proc /proc"',
  // sudo does not look in a folder of the user's own, where Node and pnpm may be
  root: (command: string) => `this needs root: type "sudo env PATH=$PATH ${command}"`,
  capabilities: "this root lacks capabilities, as in a container: use the host, or the lab VM",
  namespace: (name: string) => `this kernel was built without ${name} namespaces: use the lab VM`,
  namespaceLimit: "there are too many namespaces: see the limits in /proc/sys/user",
  ubuntuFs: 'there is no ubuntu-fs: type "pnpm rootfs"',
  cgroups: "the cgroups are read-only here, as in a container: use the host, or the lab VM",
};

/**
 * Finds what to do about a system error.
 *
 * @param error as Node and this package throw them
 * @param command what to type to start this program again
 */
export function adviceFor(error: NodeJS.ErrnoException, command: string): string | undefined {
  const { code, syscall, path = "" } = error;
  const isRefused = code === "EPERM" || code === "EACCES";
  if (process.platform !== "linux") return advice.linux;
  // Named by its path, as a child that fails has unmounted its own /proc
  if (path.startsWith("/proc/") && !existsSync("/proc/self")) return advice.proc;
  if (isRefused && process.geteuid?.() !== 0) return advice.root(command);
  if (isRefused) return advice.capabilities;
  if (code === "ENOENT" && path.startsWith("/proc/self/ns/"))
    return advice.namespace(path.slice(14));
  if (code === "ENOSPC" && syscall === "unshare") return advice.namespaceLimit;
  if (code === "ENOENT" && syscall === "chroot") return advice.ubuntuFs;
  if (code === "EROFS" && path.startsWith("/sys/fs/cgroup")) return advice.cgroups;
  return undefined;
}
