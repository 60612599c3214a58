import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { reportError } from "../errors/one-line-errors.ts";
import { CLOSE_RANGE_CLOEXEC, closeRange, waitid } from "../libc/process.ts";
import { holdEndingSignals } from "./ending-signals.ts";

/** A process that watches this one, and cleans up when it has ended. */
export interface Watcher {
  /** Has it clean up now, and waits until it has ended. False: somebody had killed it. */
  finish(): boolean;
  /** Ends it, as there is nothing left to clean up. */
  dismiss(): void;
}

/**
 * Starts a process that cleans up when this one has ended. Nobody can handle SIGKILL: so another
 * process has to do it, as containerd's shim does for runc. It waits for the end of a pipe, which the
 * kernel closes with this process.
 *
 * @param script does it, for /bin/sh
 * @param args its $1, $2…
 * @throws {Error} when there can be no such process
 * @throws {SyscallError} what close_range(2) gives
 */
export function startWatcher(script: string, ...args: string[]): Watcher {
  closeRange(3, 0xffffffff, CLOSE_RANGE_CLOEXEC); // or it would keep open what whoever started us has
  const watcher = spawn("/bin/sh", ["-c", `read -r line\n${script}`, "sh", ...args], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true, // Ctrl-C and the end of the terminal are not for it
    cwd: "/",
    env: { PATH: [process.env.PATH, "/usr/bin", "/bin"].filter(Boolean).join(":") },
  });
  const { pid } = watcher;
  if (pid === undefined) {
    watcher.once("error", () => {}); // comes too late: by then there would be a cgroup
    throw new Error("/bin/sh cannot be started to watch this process: see ulimit -n and -u");
  }
  const pipe = watcher.stdin as Socket;
  // This process does not wait for it
  watcher.unref();
  pipe.unref();
  return {
    finish() {
      pipe.destroy(); // closes it at once
      if (!watcher.kill(0)) return false; // Node has reaped it
      return waitid(pid); // somebody may kill it even now
    },
    dismiss() {
      if (watcher.kill("SIGKILL")) waitid(pid);
    },
  };
}

/**
 * Calls a function when this process ends. A signal that would end it at once is held from now on,
 * until `wait` takes it.
 *
 * @param cleanUp what it throws is reported, and makes the exit status 1
 */
export function atEnd(cleanUp: () => void): void {
  // In front of the handler that ends this process, whoever has asked for that
  process.prependListener("exit", () => {
    try {
      cleanUp();
    } catch (error) {
      reportError(error as Error);
      process.exitCode = 1;
    }
  });
  holdEndingSignals();
}
