import { existsSync } from "node:fs";
import path from "node:path";
import { getSystemErrorName } from "node:util";

/**
 * Prints why a command could not be started, in one line.
 *
 * @returns the exit status that a shell gives then: 127 when the command was not found, 126 when it
 *   could not be executed
 */
export function reportNotExecuted(command: string, error: NodeJS.ErrnoException): number {
  if (error.code !== "ENOENT") {
    // process.execve has no name for some, such as E2BIG
    const code = error.code || getSystemErrorName(-(error.errno ?? 0));
    console.error(`${command}: cannot be executed (${code})`);
    return 126;
  }
  // An ENOENT may be about the program, or about what that needs to start
  const folders = command.includes("/") ? [""] : (process.env.PATH ?? "").split(":");
  const found = folders.some((folder) => existsSync(path.join(folder, command)));
  const reason = found ? "its interpreter or dynamic loader is not there" : "command not found";
  console.error(`${command}: ${reason}`);
  return 127;
}
