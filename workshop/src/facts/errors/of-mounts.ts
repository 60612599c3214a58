import { flawOf } from "./flaws.ts";
import type { KnownError } from "./known-error.ts";

/** The namespaces that these file systems show. */
const SHOWN: Record<string, string> = {
  sysfs: "a network namespace",
  mqueue: "an IPC namespace",
  proc: "a PID namespace",
};

/** Errors of mount, umount and pivot_root. */
export const mountErrors: KnownError[] = [
  {
    pattern:
      /EINVAL[^\n]* mount\("[^"]*", "([^"]*)", [^,]*, ([\w|]*MS_(?:PRIVATE|SLAVE|SHARED)[\w|]*),/,
    hint: ([, target, flags = ""]) => {
      if (flags.replace("MS_REC", "").match(/MS_/g)?.length !== 1)
        return "A propagation stands alone, or with MS_REC: no other flag goes with it.";
      return target === "/"
        ? "After chroot, / is a directory, not a mount. The propagation must be changed before."
        : `${target} is a directory, not a mount, and only mounts have a propagation. Before chroot, / is one.`;
    },
  },
  {
    pattern: /EPERM[^\n]* mount\("[^"]*", "[^"]*", "(sysfs|mqueue|proc)"/,
    hint: ([, type = ""], { stage }) =>
      stage.root === "rootless-fs"
        ? `${type} shows ${SHOWN[type]}, and mounting it takes root of the users to whom that belongs: make it together with them, by an option of unshare(1).`
        : undefined,
  },
  {
    pattern: /EINVAL[^\n]* mount\("[^"]*", "[^"]*", "overlay"[^\n]*/,
    hint: ([line], { stage }) =>
      stage.root === "rootless-fs" && !/userxattr["`,]/.test(line)
        ? "Of its options, the kernel knows userxattr, for whoever is not root on the host, and none that is nearly called so."
        : undefined,
  },
  {
    pattern: /EINVAL[^\n]* mount\("[^"]*", "[^"]*", "overlay"/,
    hint: "An overlay that can be written needs upperdir and workdir, besides lowerdir: two directories in one file system, which is no overlay itself.",
  },
  {
    pattern: /ENOENT[^\n]* mount\("[^"]*", "([^"]*)", "overlay"/,
    hint: ([, target]) =>
      `${target}, or one of the directories in the options, is not there: run() makes them before.`,
  },
  {
    pattern: /EINVAL[^\n]* mount\("[^"]*", "[^"]*", null, 0,/,
    hint: (_, { source }) =>
      flawOf(source) ??
      "Without a flag, this mounts a new file system, and needs its type. MS_REC | MS_PRIVATE changes the propagation of one that is there.",
  },
  {
    pattern: /ENODEV[^\n]* mount\("[^"]*", "[^"]*", "([^"]*)"/,
    hint: ([, type]) =>
      `The kernel knows no file system of the type ${type}: the third argument is one of those in /proc/filesystems, proc for example.`,
  },
  {
    pattern: /(?:ENOENT|ENOTDIR)[^\n]* (u?mount2?)\("([^"]*)"(?:, "([^"]*)")?/,
    hint: ([, call, first = "", second]) => {
      const target = call === "mount" ? second : first;
      if (target?.startsWith("dev/"))
        return `There is no ${target} yet, or it is of another kind: a device is mounted on a file, writeFileSync, and a file system on a folder, mkdirSync.`;
      return target === "/proc"
        ? "The root has no folder /proc. Is it ubuntu-fs?"
        : `There is no folder ${target} from where the process stands. After chroot and chdir, the container's is /proc.`;
    },
  },
  {
    pattern: /EINVAL[^\n]* pivot_root/,
    hint: "The new root has to be a mount point, which a folder becomes when it is mounted on itself, and its parent must not be shared: unshareflags. In a chroot it is too late.",
  },
  {
    pattern: /EBUSY[^\n]* pivot_root/,
    hint: 'The process does not stand in the new mount yet, but below it: process.chdir(UBUNTU_FS) comes after mount, and then pivotRoot(".", ".").',
  },
  {
    pattern: /EBUSY[^\n]* mount\(/,
    hint: "Perhaps it is mounted there already: has mount run twice?",
  },
  {
    pattern: /EINVAL[^\n]* umount2/,
    hint: "umount found nothing mounted there. Perhaps the mount happened in another root, or not at all, or was taken away before.",
  },
  {
    pattern: /EBUSY[^\n]* umount2/,
    hint: "Something is still in it. MNT_DETACH takes it away all the same.",
  },
];
