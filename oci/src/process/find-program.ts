import { readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * Finds the file of a program, as execvp(3) does. Engines know runc's words by heart: docker makes 127 of
 * the one message, and 126 of the other.
 *
 * @param name with a slash, it is the file itself
 * @param folders PATH
 * @param cwd where a relative path begins
 * @throws {Error} when there is none, or none that can be executed
 */
export function findProgram(name: string, folders: string | undefined, cwd: string): string {
  const quoted = `exec: ${JSON.stringify(name)}`;
  if (name.includes("/")) {
    const file = path.resolve(cwd, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) throw new Error(`${quoted}: stat ${name}: no such file or directory`);
    if (!isProgram(file)) throw new Error(`${quoted}: permission denied`);
    return file;
  }
  const files = (folders ?? "").split(":").map((folder) => path.resolve(cwd, folder, name));
  const file = files.find(isProgram);
  if (file === undefined) throw new Error(`${quoted}: executable file not found in $PATH`);
  return file;
}

function isProgram(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && (found.mode & 0o111) !== 0;
}

/** Returns the home directory of a user of the container. */
export function homeOf(uid: number): string {
  try {
    const lines = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .map((line) => line.split(":"));
    return lines.find(([, , number]) => number === `${uid}`)?.[5] || "/";
  } catch {
    return "/"; // an image may have no users
  }
}
