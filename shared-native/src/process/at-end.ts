import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { reportError } from "../errors/one-line-errors.ts";
import { CLOSE_RANGE_CLOEXEC, closeRange, waitid } from "../libc/process.ts";
import { holdEndingSignals } from "./ending-signals.ts";

/**
 * Has something done when this process ends. A signal that would end it at once is held from now on,
 * until `wait` takes it. Nobody can handle SIGKILL: so another process watches this one, as
 * containerd's shim does for runc. It waits for the end of a pipe, which the kernel closes with this
 * process.
 *
 * @param remove does it in this process, and throws when it cannot: then the other one goes on
 * @param script does it when this process was killed, for a shell, with the arguments as $1, $2…
 * @throws {Error} when there can be no such process
 * @throws {SyscallError} what close_range(2) gives
 */
export function atEnd(remove: () => void, script: string, ...args: string[]): void {
  closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC); // or it would keep open what whoever started us has
  const watcher = spawn("/bin/sh", ["-c", `read -r line\n${script}`, "sh", ...args], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C and the end of the terminal are not for it
    cwd: "/",
    env: { PATH: [process.env.PATH, "/usr/bin", "/bin"].filter(Boolean).join(":") },
  });
  if (watcher.pid === undefined) {
    watcher.once("error", () => {}); // comes too late: by then there would be a cgroup
    throw new Error("/bin/sh cannot be started to watch this process: see ulimit -n and -u");
  }
  // This process does not wait for it
  watcher.unref();
  (watcher.stdin as Socket).unref();

  // In front of the handler that ends this process, whoever has asked for that
  process.prependListener("exit", () => {
    try {
      remove();
      if (watcher.pid && watcher.kill("SIGKILL")) waitid(watcher.pid);
    } catch (error) {
      // The watcher goes on when this process has ended
      reportError(error as Error);
      process.exitCode = 1;
    }
  });
  holdEndingSignals();
}
