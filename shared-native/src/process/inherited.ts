import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { getrlimit, RLIMIT_NOFILE, setrlimit } from "../libc/rlimit.ts";
import { parentPid } from "./parent-pid.ts";

// Node raises its soft limit of open files as it starts, and ignores no signal any more. What it was
// started with, its parent usually still has: read at once, as after chroot there is another /proc.
const { limits, status } = readParent();

/** Ignored signals that a program may have been started with: by nohup(1), and by sh(1) with `&`. */
export const ignoredSignals: NodeJS.Signals[] = (["SIGHUP", "SIGINT"] as const).filter((name) => {
  const [, mask = "0"] = /^SigIgn:\t([\da-f]+)$/m.exec(status) ?? [];
  return BigInt(`0x${mask}`) & (1n << BigInt(constants.signals[name] - 1));
});

let isRestored = false;

/**
 * Sets the soft limit of open files to what this process was started with, for those that it starts.
 * The first time only: what is set afterwards is meant.
 */
export function restoreFileLimit(): void {
  if (isRestored) return;
  isRestored = true;
  const [, inherited] = /^Max open files +(\d+)/m.exec(limits) ?? [];
  const { soft, hard } = getrlimit(RLIMIT_NOFILE);
  if (inherited && BigInt(inherited) < soft)
    setrlimit(RLIMIT_NOFILE, { soft: BigInt(inherited), hard });
}

/**
 * Returns a command line that ignores the signals which this process was started with ignoring, and
 * then becomes the command. libuv, which forks for Node, lets a child ignore none.
 */
export function ignoringSignals(
  command: string,
  args: readonly string[],
): [string, readonly string[]] {
  // Where there is no shell, or the child is this program again, which looks at its parent as we did
  if (ignoredSignals.length === 0 || command === "/proc/self/exe" || !existsSync("/bin/sh")) {
    return [command, args];
  }
  const names = ignoredSignals.map((name) => name.slice("SIG".length)).join(" ");
  return ["/bin/sh", ["-c", `trap '' ${names}; exec "$@"`, "sh", command, ...args]];
}

/** Reads what /proc tells of the parent, or nothing where that is not to be seen. */
function readParent(): { limits: string; status: string } {
  try {
    const folder = `/proc/${parentPid()}`;
    return {
      limits: readFileSync(`${folder}/limits`, "utf8"),
      status: readFileSync(`${folder}/status`, "utf8"),
    };
  } catch {
    return { limits: "", status: "" };
  }
}
