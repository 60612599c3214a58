import {
  MS_BIND,
  MS_DIRSYNC,
  MS_I_VERSION,
  MS_LAZYTIME,
  MS_MANDLOCK,
  MS_NOATIME,
  MS_NODEV,
  MS_NODIRATIME,
  MS_NOEXEC,
  MS_NOSUID,
  MS_NOSYMFOLLOW,
  MS_PRIVATE,
  MS_RDONLY,
  MS_REC,
  MS_RELATIME,
  MS_REMOUNT,
  MS_SHARED,
  MS_SILENT,
  MS_SLAVE,
  MS_STRICTATIME,
  MS_SYNCHRONOUS,
  MS_UNBINDABLE,
} from "shared-native";

/** Options that set a flag. */
const SET: Record<string, number> = {
  ...{ ro: MS_RDONLY, nosuid: MS_NOSUID, nodev: MS_NODEV, noexec: MS_NOEXEC, sync: MS_SYNCHRONOUS },
  ...{ mand: MS_MANDLOCK, dirsync: MS_DIRSYNC, nosymfollow: MS_NOSYMFOLLOW, noatime: MS_NOATIME },
  ...{
    nodiratime: MS_NODIRATIME,
    silent: MS_SILENT,
    relatime: MS_RELATIME,
    iversion: MS_I_VERSION,
  },
  ...{ strictatime: MS_STRICTATIME, lazytime: MS_LAZYTIME, remount: MS_REMOUNT },
  ...{ bind: MS_BIND, rbind: MS_BIND | MS_REC },
};

/** Options that take one away again: which comes last, counts. */
const CLEAR: Record<string, number> = {
  ...{ rw: MS_RDONLY, suid: MS_NOSUID, dev: MS_NODEV, exec: MS_NOEXEC, async: MS_SYNCHRONOUS },
  ...{ nomand: MS_MANDLOCK, symfollow: MS_NOSYMFOLLOW, atime: MS_NOATIME, diratime: MS_NODIRATIME },
  ...{ loud: MS_SILENT, norelatime: MS_RELATIME, noiversion: MS_I_VERSION, defaults: 0 },
  ...{ nostrictatime: MS_STRICTATIME, nolazytime: MS_LAZYTIME },
};

/** Options that are set by a call of their own. */
export const PROPAGATION: Record<string, number> = {
  ...{ private: MS_PRIVATE, shared: MS_SHARED, slave: MS_SLAVE, unbindable: MS_UNBINDABLE },
  ...{ rprivate: MS_PRIVATE | MS_REC, rshared: MS_SHARED | MS_REC, rslave: MS_SLAVE | MS_REC },
  runbindable: MS_UNBINDABLE | MS_REC,
};

/** They need mount_setattr(2), or a copy of the files: not done here. */
const NOT_DONE =
  /^(r(ro|rw|atime|dev|diratime|exec|suid|symfollow)|rno\w+|rrelatime|rstrictatime|r?idmap|tmpcopyup)$/;

/** All that mountOptions of `features` lists. */
export const KNOWN_OPTIONS = [...Object.keys({ ...SET, ...CLEAR, ...PROPAGATION })].sort();

/** The flags and the data for mount(2). */
interface MountOptions {
  flags: number;
  /** The propagation, each by a call of its own. */
  propagation: number[];
  /** The file system's own options, "size=64k,mode=755", or null. */
  data: string | null;
}

/** @throws {Error} for an option that is not done */
export function readOptions(options: readonly string[]): MountOptions {
  let flags = 0;
  const propagation: number[] = [];
  const others: string[] = [];
  for (const option of options) {
    if (NOT_DONE.test(option)) throw new Error(`mounts: the option ${option} is not done here`);
    if (option in SET) flags |= SET[option] ?? 0;
    else if (option in CLEAR) flags &= ~(CLEAR[option] ?? 0);
    else if (option in PROPAGATION) propagation.push(PROPAGATION[option] ?? 0);
    else others.push(option);
  }
  return { flags, propagation, data: others.join(",") || null };
}
