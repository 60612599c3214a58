import { existsSync } from "node:fs";
import path from "node:path";
import { repo, run } from "host";

/**
 * Installs the packages of `practice` where only a stage's own were installed so far.
 *
 * @param folder the one that is to be started
 * @throws {Error} when that fails, with what to type
 */
export async function ensureInstalled(folder: string): Promise<void> {
  if (existsSync(path.join(folder, "node_modules/shared-native"))) return;
  const filter = `./${path.relative(repo, path.dirname(folder))}/*`;
  const { status } = await run(["pnpm", "--dir", repo, "--filter", filter, "install"]);
  if (status !== 0) {
    throw new Error('practice cannot be installed: type "npx -y pnpm@12 install", then try again');
  }
}
