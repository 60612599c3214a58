import { existsSync, readFileSync, readlinkSync, statfsSync } from "node:fs";
import path from "node:path";

/**
 * Says what to do where a machine lacks something. The stages, `pnpm rootfs`, `pnpm workshop check` and
 * `doctor` all say it in these words. Nothing else in this package knows of pnpm, the lab or ubuntu-fs:
 * the table is here because it has to be loaded before chroot, and stages import nothing else.
 */
export const advice = {
  linux: 'containers need the Linux kernel: type "vagrant up", then "vagrant ssh"',
  proc: 'there is no /proc here: type "mount -t proc proc /proc"',
  // sudo does not look in a folder of the user's own, where Node and pnpm may be
  root: (command: string) =>
    `this needs root: type "sudo env PATH=$PATH ${command}", or "pnpm rootless" first, for stages 1 to 4`,
  userNamespaceSetting: (setting: string) =>
    `only root may make user namespaces here: type "sudo sysctl --write ${setting}"`,
  userNamespaces:
    "user namespaces are refused here, as in a container: use the host, or the lab VM",
  terminal: 'this terminal is another user\'s: type "script --quiet /dev/null" first',
  capabilities: "this root lacks capabilities, as in a container: use the host, or the lab VM",
  namespace: (name: string) => `this kernel was built without ${name} namespaces: use the lab VM`,
  namespaceLimit: "there are too many namespaces: see the limits in /proc/sys/user",
  ubuntuFs: 'there is no ubuntu-fs: type "pnpm rootfs"',
  rootlessFs: 'there is no rootless-fs: type "pnpm rootless -- pnpm rootfs --to rootless-fs"',
  changes:
    '/var/tmp is on an overlay itself, as in a container: type "mount -t tmpfs tmpfs /var/tmp"',
  image: (name: string) =>
    `there is no image ${name}: type "pnpm rootfs --from <archive> --layers ${name}"`,
  cgroups: "the cgroups are read-only here, as in a container: use the host, or the lab VM",
};

/** The types of the cgroup file systems, v1 and v2, as statfs(2) gives them. */
const CGROUP_TYPES = [0x27e0eb, 0x63677270];

/** The type of an overlay. */
const OVERLAYFS = 0x794c7630;

/** The bits of CAP_SYS_CHROOT and CAP_SYS_ADMIN, which the calls of the stages want. */
const NEEDED = (1n << 18n) | (1n << 21n);

/**
 * Finds what to do about a system error. Most errors have several causes, a wrong line in the stage
 * among them: so it looks whether the machine lacks something indeed.
 *
 * @param error as Node and this package throw them
 * @param program the file of the stage, which is at the place where a stage is
 * @param command what to type to start it again
 */
export function adviceFor(
  error: NodeJS.ErrnoException,
  program: string,
  command: string,
): string | undefined {
  const { code, syscall = "", path: file = "" } = error;
  const { dest } = error as { dest?: string };
  if (process.platform !== "linux") return advice.linux;
  // A program that does not find its own file is in a chroot: what it misses there is not the machine's
  if (!existsSync(program)) return undefined;
  if (file.startsWith("/proc/") && !existsSync("/proc/self")) return advice.proc;
  if (code === "EACCES" && file.startsWith("/proc/self/fd/")) return advice.terminal;
  if (code === "EPERM" || code === "EACCES") {
    if (process.geteuid?.() !== 0) return advice.root(command);
    return lacksCapabilities() && !hasUsersOfRun() ? advice.capabilities : undefined;
  }
  const namespace = /^\/proc\/self\/ns\/(uts|pid|mnt|ipc|net|cgroup)$/.exec(file)?.[1];
  if (code === "ENOENT" && namespace !== undefined) return advice.namespace(namespace);
  if (code === "ENOSPC" && syscall === "unshare") return advice.namespaceLimit;
  const rootlessFs = path.resolve(program, "../../../../rootless-fs");
  if (code === "ENOENT" && dest === rootlessFs) return advice.rootlessFs;
  const ubuntuFs = path.resolve(program, "../../../../ubuntu-fs");
  if (code === "ENOENT" && /chroot|mount|chdir/.test(syscall) && !existsSync(ubuntuFs)) {
    return advice.ubuntuFs;
  }
  // Only EINVAL, and nothing about what is not valid
  if (code === "EINVAL" && syscall === "mount" && isOnOverlay("/var/tmp")) return advice.changes;
  const images = path.resolve(program, "../../../../images");
  if (code === "ENOENT" && path.dirname(file) === images) return advice.image(path.basename(file));
  if (code === "EROFS" && isInCgroup(file)) return advice.cgroups;
  return undefined;
}

/** Tells whether root may less than on a host, as in a container or in a user namespace. */
function lacksCapabilities(): boolean {
  const effective = /^CapEff:\t(\w+)$/m.exec(read("/proc/self/status"))?.[1];
  const isHosts = /^(\s*0\s+0\s+4294967295\s*)?$/.test(read("/proc/self/uid_map"));
  return !isHosts || (effective !== undefined && (BigInt(`0x${effective}`) & NEEDED) !== NEEDED);
}

/** Tells whether run() has made the user namespace: a shell is in between. The machine lacks nothing then. */
function hasUsersOfRun(): boolean {
  const parentOf = (pid = "") => /^PPid:\t(\d+)$/m.exec(read(`/proc/${pid}/status`))?.[1];
  try {
    readlinkSync(`/proc/${parentOf(parentOf("self"))}/ns/user`);
    return false;
  } catch (error) {
    // Whoever is in the namespace may not look at who is outside. The container's own /proc has neither
    return (error as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** Reads a file that may not be there. */
function read(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Tells it by the folder: with v1, /sys/fs/cgroup itself is an ordinary one, and often read-only. */
function isInCgroup(file: string): boolean {
  const folder = path.dirname(file);
  return existsSync(folder) && CGROUP_TYPES.includes(statfsSync(folder).type);
}

function isOnOverlay(folder: string): boolean {
  return existsSync(folder) && statfsSync(folder).type === OVERLAYFS;
}
