import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repo } from "workshop/host/folders";

/** Where the built site is. */
export const dist = path.join(repo, "docs/.vitepress/dist");

/**
 * Builds the site, as `pnpm docs:build` does.
 *
 * @returns how many seconds of a processor it took: on a busy machine the clock would say more
 */
export async function build(): Promise<number> {
  const script = "pnpm docs:build >&2 && times";
  const { stdout } = await promisify(execFile)("sh", ["-c", script], { cwd: repo });
  // The second line of times: user and system time of what the shell has waited for
  const times =
    stdout
      .trim()
      .split("\n")[1]
      ?.matchAll(/(\d+)m([\d.]+)s/g) ?? [];
  return [...times].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
