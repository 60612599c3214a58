import { existsSync } from "node:fs";
import { join } from "node:path";

/** Not PATH: that may lead to a wrapper in somebody's home, or in node_modules. */
const FOLDERS = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Finds a program of the system. */
export function findProgram(name: string): string | undefined {
  return FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
