import { randomInt } from "node:crypto";
import { repo } from "host";
import type { DisposableHost } from "./lay-over-repo.ts";

/** A user other than root, on one host. No other test uses it, as its tasks may be counted. */
interface Nobody {
  /** The words that go before a command line to run it as this user. */
  as: string[];
  /** The repo's path for this user. */
  repo: string;
}

const SCRIPT = `
  mount -t tmpfs -o mode=755 tmpfs /mnt && mkdir /mnt/workshop /mnt/bin && touch /mnt/bin/pnpm &&
  mount --bind "$1" /mnt/workshop && mount --bind "$(realpath "$(command -v pnpm)")" /mnt/bin/pnpm`;

/**
 * Lets a user other than root at the repo and at pnpm: both may be in root's home, where nobody else
 * gets in. On this host they are mounted where everybody may go.
 */
export async function letNobodyIn(host: DisposableHost): Promise<Nobody> {
  const { status, stderr } = await host.run("sh", "-c", SCRIPT, "sh", repo);
  if (status !== 0) throw new Error(stderr);
  const uid = randomInt(20_000, 50_000);
  return {
    // npx names its own user's settings to all below it
    as: [
      ...["env", "-u", "npm_config_userconfig", "HOME=/nonexistent"],
      `PATH=/mnt/bin:/mnt/workshop/node_modules/.bin:${process.env.PATH}`,
      ...["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"],
    ],
    repo: "/mnt/workshop",
  };
}
