import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../run-tool.ts";
import { aptMirror, aptProxy } from "./apt.ts";
import type { Build } from "./source.ts";

/**
 * The prefix that gives debootstrap its own PID and mount namespaces: when it ends, or is ended, so
 * is all that it started, and its mounts in the root are gone. setpriv ends it if we are killed.
 */
const ISOLATED = ["--pdeathsig=KILL", "unshare", "--pid", "--kill-child", "--mount-proc"];

/** A script that shows it our folder as /mnt, as it cannot work in one with a space in its name. */
const AT_MNT = 'mount --bind "$1" /mnt && shift && "$@"; exit "$?"';

/** The signatures are checked, since what a mirror without a known key sends would be run as root. */
const OPTIONS = [
  "--variant=minbase",
  "--include=busybox-static,iproute2,iputils-ping,less,procps",
  "--force-check-gpg",
];

/** Installs a small Debian or Ubuntu, from the mirror that the host's apt uses for it. */
export async function fromDebootstrap(suite: string, build: Build): Promise<void> {
  const { root, signal } = build;
  await runTool("debootstrap", ["--version"], { signal, install: "debootstrap" });
  // Where there is no apt, debootstrap still knows a mirror for each release.
  const [mirror, proxy] = await Promise.all([aptMirror(suite), aptProxy()]).catch(() => []);
  const env = { http_proxy: process.env.http_proxy ?? proxy };
  const debootstrap = ["debootstrap", ...OPTIONS, suite, "/mnt", ...(mirror ? [mirror] : [])];
  const command = ["sh", "-c", AT_MNT, "sh", root, ...debootstrap];

  const problems: string[] = [];
  const onLine = (line: string) => {
    if (line.startsWith("I: ")) build.progress.detail(line.slice(3));
    else problems.push(line.replace(/^[WE]: /, ""));
  };
  try {
    // SIGKILL, since unshare waits for its child when it gets SIGTERM.
    await runTool("setpriv", [...ISOLATED, ...command], {
      signal,
      killSignal: "SIGKILL",
      env,
      onLine,
    });
  } catch (error) {
    signal.throwIfAborted();
    // The last but one may be the reason of the last, and the log may know a better one.
    const reasons = [...problems.slice(-2), ...lastError(root)];
    if (reasons.length === 0) throw error;
    throw new Error(`debootstrap: ${reasons.join(": ")}`, { cause: error });
  }
  const archives = join(root, "var/cache/apt/archives");
  for (const name of readdirSync(archives)) if (name.endsWith(".deb")) rmSync(join(archives, name));
}

/** Returns the last error in the log, which is deleted with the rest. */
function lastError(root: string): string[] {
  const log = join(root, "debootstrap/debootstrap.log");
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "utf8").split("\n");
  return lines.filter((line) => /cannot|error|failed|unable/i.test(line)).slice(-1);
}
