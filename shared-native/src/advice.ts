import { programName } from "./program-name.ts";

/** What decides, besides the error itself, on what to tell a student. */
interface Surroundings {
  platform: string;
  root: boolean;
  proc: boolean;
}

interface Advice {
  applies(error: NodeJS.ErrnoException, surroundings: Surroundings): boolean;
  say(error: NodeJS.ErrnoException): string;
}

/** What to do about the errors that students run into: the first row that applies. */
export const advice: readonly Advice[] = [
  {
    applies: (_, { platform }) => platform !== "linux",
    say: () => 'containers need the Linux kernel: type "vagrant up", then "vagrant ssh"',
  },
  {
    // Named by its path, as a child that fails has unmounted its own /proc
    applies: ({ path }, { proc }) => !proc && (path ?? "").startsWith("/proc/"),
    say: () => 'there is no /proc here: type "mount -t proc proc /proc"',
  },
  {
    applies: ({ code }, { root }) => (code === "EPERM" || code === "EACCES") && !root,
    say: () => `this needs root: type ${again("sudo env PATH=$PATH ")}`,
  },
  {
    applies: ({ code }) => code === "EPERM" || code === "EACCES",
    say: () => "this root lacks capabilities, as in a container: use the host, or the lab VM",
  },
  {
    applies: ({ code, path }) => code === "ENOENT" && /^\/proc\/self\/ns\//.test(path ?? ""),
    say: ({ path }) =>
      `this kernel was built without ${path?.slice(14)} namespaces: use the lab VM`,
  },
  {
    applies: ({ code, syscall }) => code === "ENOSPC" && syscall === "unshare",
    say: () => "there are too many namespaces: see the limits in /proc/sys/user",
  },
  {
    applies: ({ code, syscall }) => code === "ENOENT" && syscall === "chroot",
    say: () => 'there is no ubuntu-fs: type "pnpm rootfs"',
  },
  {
    applies: ({ code, path }) => code === "EROFS" && (path ?? "").startsWith("/sys/fs/cgroup"),
    say: () => "the cgroups are read-only here, as in a container: use the host, or the lab VM",
  },
];

/** The command line that started this program, with something in front. */
function again(prefix: string): string {
  const [, ...command] = process.argv.slice(2);
  return `"${prefix}pnpm --filter ${programName()} start ${command.join(" ")}"`;
}
