import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { repo } from "host";

/** The folder of the built site. */
export const dist = path.join(repo, "docs/.vitepress/dist");

/**
 * Builds the site, as `pnpm docs:build` does.
 *
 * @returns the processor time it took, in starts of a bare Node: on a slow machine both take longer,
 *   and on a busy one the clock would say more
 */
export async function build(): Promise<number> {
  // The live page builds it, too, into a folder of its own; VitePress has one for what it is at
  const script = `for i in $(seq ${STARTS}); do node -e 0; done; times; flock docs/package.json pnpm docs:build >&2; times`;
  const { stdout } = await promisify(execFile)("sh", ["-ec", script], { cwd: repo });
  // Each second line is what the shell has waited for so far
  const [, starts = 0, , all = 0] = stdout.trim().split("\n").map(secondsIn);
  return (all - starts) / (starts / STARTS);
}

const STARTS = 10;

/** Returns the sum of user and system time: "0m8.98s 0m1.12s". */
function secondsIn(times: string): number {
  const parts = [...times.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
