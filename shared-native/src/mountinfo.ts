import { readFileSync } from "node:fs";

/** A line of /proc/<pid>/mountinfo, as far as this workshop reads it. */
export interface Mount {
  /** The directory of the file system that is mounted: "/", but for a bind mount. */
  root: string;
  mountPoint: string;
  /** "shared:1", "master:2"…: none when the mount is private. */
  propagation: string[];
  filesystemtype: string;
  /** The options of the file system itself: for cgroup v1 its controllers. */
  superOptions: string[];
}

/**
 * Reads the mounts that this process sees.
 *
 * @throws {Error} `ENOENT` without /proc
 * @see https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html
 */
export function readMountinfo(): Mount[] {
  return parseMountinfo(readFileSync("/proc/self/mountinfo", "utf8"));
}

/** Parses lines such as `36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/sda rw,errors=continue`. */
export function parseMountinfo(text: string): Mount[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(" ");
    const separator = fields.indexOf("-", 6);
    const [root = "/", mountPoint, filesystemtype, superOptions] = [
      ...[3, 4, separator + 1, separator + 3].map((index) => fields[index]),
    ];
    if (separator === -1 || mountPoint === undefined || filesystemtype === undefined) return [];
    return {
      root: unescapeOctal(root),
      mountPoint: unescapeOctal(mountPoint),
      propagation: fields.slice(6, separator),
      filesystemtype,
      superOptions: superOptions?.split(",") ?? [],
    };
  });
}

/** Undoes what the kernel does to space, tab, newline and backslash: three octal digits, "\040". */
function unescapeOctal(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
