import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { allProcesses, changesFolder } from "host";

/**
 * Lists the folders with what containers of stage 8 and later have written, and that nobody uses: no
 * process has one as its root, or names it, as run()'s watcher does from the beginning to the end.
 *
 * @param dead processes that do not count
 */
export function findChanges(dead: Set<number>): string[] {
  if (!existsSync(changesFolder)) return [];
  const folders = readdirSync(changesFolder)
    .filter((name) => /^container-\w+$/.test(name))
    .map((name) => path.join(changesFolder, name))
    .filter((folder) => existsSync(path.join(folder, "upper")));
  if (folders.length === 0) return [];
  const texts = allProcesses()
    .filter((pid) => !dead.has(pid))
    .flatMap((pid) => ["cmdline", "mountinfo"].map((file) => read(`/proc/${pid}/${file}`)));
  return folders.filter((folder) => !texts.some((text) => text.includes(folder)));
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // it has ended
  }
}
