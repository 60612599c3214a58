import { PATH, runProgram } from "./run-program.ts";
import { atEnd, startWatcher } from "./watcher.ts";

/**
 * Has a script run when this process ends, even when it is killed. A signal that would end it at once
 * is held from now on, until `wait` takes it.
 *
 * @param script for /bin/sh, with the arguments as $1, $2…: there may be nothing to undo yet
 * @throws {Error} when no process can be started that watches this one
 * @throws {SyscallError} what close_range(2) gives
 */
export function runAtEnd(script: string, ...args: string[]): void {
  const withPath = `PATH=${PATH}\n${script}`;
  const watcher = startWatcher(withPath, ...args);
  atEnd(() => {
    // It is still on the host, even when spawn could not bring this process back from the container
    if (!watcher.finish()) runProgram("/bin/sh", ["-c", withPath, "sh", ...args]);
  });
}
