import { spawn } from "node:child_process";
import { once } from "node:events";
import { buffer, text } from "node:stream/consumers";
import { repo } from "host";

/** Files that the lab has its own version of, or does not need. */
const LEFT_OUT = [
  "./.git",
  "node_modules",
  "./ubuntu-fs",
  "./.ubuntu-fs.*",
  "./rootless-fs",
  "./.rootless-fs.*",
  "./.attempts-*",
  "./docs/.vitepress/dist",
  "./docs/.vitepress/cache",
  "./live/.course",
  // From in there, nobody can be reached: each check would try in vain
  "./practice/joined.json",
  "./practice/board.json",
];

/** Packs the repo as it is now, for /workshop: a tar archive. */
export async function packRepo(): Promise<Buffer> {
  const leaveOut = LEFT_OUT.map((pattern) => `--exclude=${pattern}`);
  const tar = spawn("tar", ["-c", "-f", "-", "-C", repo, ...leaveOut, "."], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[status], archive, errors] = await Promise.all([
    once(tar, "close"),
    buffer(tar.stdout),
    text(tar.stderr),
  ]);
  // 1: a file has changed, or has gone, while it was read.
  if (status !== 0 && status !== 1) throw new Error(`the repo could not be packed: ${errors}`);
  return archive;
}
