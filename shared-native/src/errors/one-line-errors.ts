import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { adviceFor } from "./advice.ts";

/**
 * Has an error that the reader can act on, a system error or a plain `Error`, end the program with one
 * line and status 1 from now on. A TypeError and its like are bugs, and keep their stack trace.
 */
export function oneLineErrors(): void {
  // A message that cannot be written, to a closed pipe or a full disk, must not end the program: what
  // counts is the command, and its status
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error) => {
    reportError(error);
    process.exit(1);
  });
}

/** Prints an error as `oneLineErrors` does. */
export function reportError(error: NodeJS.ErrnoException): void {
  const isBug = error.syscall === undefined && Object.getPrototypeOf(error) !== Error.prototype;
  const file = process.argv[1] ?? "";
  // "03-pid-mnt-chroot" for …/03-pid-mnt-chroot/src/main.ts
  const folder = path.resolve(file, "../..");
  const name = path.basename(folder);
  const again = `pnpm --filter ${packageIn(folder)} start ${process.argv.slice(3).join(" ")}`;
  const found = adviceFor(error, file, again);
  const line = found === undefined ? error.message : `${found} (${error.message})`;
  console.error(isBug ? error.stack : `${name}: ${line}`);
}

/** Returns the name of a stage's package: a student's is "practice-03", whatever its folder is called. */
function packageIn(folder: string): string {
  const file = path.join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).name : path.basename(folder);
}
