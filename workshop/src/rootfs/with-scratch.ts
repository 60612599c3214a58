import { mkdirSync, readdirSync, readFileSync, statfsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { runTool } from "./run-tool.ts";

/**
 * Makes a folder beside `target`, on the same file system so that what is in it can be renamed
 * to `target`, lends it to `work`, and deletes it at the end, however that comes.
 */
export async function withScratch<T>(
  target: string,
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.`; // and then the PID of the run that it belongs to
  for (const name of leftovers(folder, prefix)) {
    // One that cannot be deleted takes space, but does no harm.
    await removeFolder(join(folder, name)).catch(() => {});
  }

  const scratch = join(folder, `${prefix}${process.pid}`);
  mkdirSync(scratch, { mode: 0o700 });
  let result: T;
  try {
    result = await work(scratch);
  } catch (error) {
    const { bfree, bsize } = statfsSync(folder);
    // Each program says it in its own way, tar as "Wrote only 4608 of 10240 bytes"
    const isFull = (error as NodeJS.ErrnoException).code === "ENOSPC" || bfree * bsize < 65_536;
    // What cannot be deleted now is left to the next run: this error is the one to tell.
    await removeFolder(scratch).catch(() => {});
    if (!isFull) throw error;
    throw new Error(`the disk of ${folder} is full: make room, try again`, { cause: error });
  }
  await removeFolder(scratch);
  return result;
}

/** Lists the scratch folders of runs that were killed too hard to clean up. */
function leftovers(folder: string, prefix: string): string[] {
  return readdirSync(folder).filter(
    (name) => name.startsWith(prefix) && isDead(name.slice(prefix.length)),
  );
}

function isDead(pid: string): boolean {
  if (!/^\d+$/.test(pid)) return false; // not one of ours
  if (Number(pid) === process.pid) return true; // an earlier process that had our PID
  try {
    // PIDs are used again after a while, so the process must also be a run of this program.
    return !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("main.ts");
  } catch {
    return true;
  }
}

/**
 * Deletes a folder and everything in it, but nothing that is mounted there: in a root, /dev and
 * /proc may be the host's own. (Node's own `rm` would go on into them.)
 */
async function removeFolder(folder: string): Promise<void> {
  await runTool("rm", ["-rf", "--one-file-system", "--", folder]);
}
