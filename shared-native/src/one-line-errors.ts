import { advice } from "./advice.ts";
import { existsSync } from "./fs.ts";
import { programName } from "./program-name.ts";

/**
 * From now on an error that the reader can act on ends the program with one line and status 1: a
 * system error, or a plain `Error`. A TypeError and its like are bugs, and keep their stack trace.
 */
export function oneLineErrors(): void {
  // A message that cannot be written, to a closed pipe or a full disk, must not end the program: what
  // counts is the command, and its status
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
    const isBug = error.syscall === undefined && Object.getPrototypeOf(error) !== Error.prototype;
    console.error(isBug ? error.stack : `${programName()}: ${line(error)}`);
    process.exit(1);
  });
}

function line(error: NodeJS.ErrnoException): string {
  const surroundings = {
    platform: process.platform,
    root: process.geteuid?.() === 0,
    proc: existsSync("/proc/self"),
  };
  const found = advice.find(({ applies }) => applies(error, surroundings));
  return found === undefined ? error.message : `${found.say(error)} (${error.message})`;
}
