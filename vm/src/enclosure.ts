import { spawnSync } from "node:child_process";

/** What starts a program so that it ends with us, however we end, and the signal that ends it. */
interface Enclosure {
  /** Arguments for setpriv. */
  wrapper: string[];
  endSignal: NodeJS.Signals;
}

/**
 * The kernel has helper processes, which it ends itself when it gets SIGTERM, but not in the first
 * moments, nor when it is killed. In a PID namespace of their own they cannot outlive it.
 */
export function enclosure(): Enclosure {
  const user = process.getuid?.() === 0 ? [] : ["--user", "--map-current-user"];
  const unshare = ["unshare", ...user, "--pid", "--fork", "--kill-child"];
  const [command = "", ...args] = [...unshare, "true"];
  return spawnSync(command, args).status === 0
    ? { wrapper: ["--pdeathsig=KILL", ...unshare], endSignal: "SIGKILL" }
    : { wrapper: ["--pdeathsig=TERM"], endSignal: "SIGTERM" }; // not everybody may make namespaces
}
