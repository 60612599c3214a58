import { existsSync, readFileSync } from "node:fs";
import type { Host } from "host";
import { letNobodyIn } from "./let-nobody-in.ts";

const RESTRICTED = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

/** True as on Ubuntu 24.04, where only root gets a user namespace that is of any use. */
export const isRestricted =
  existsSync(RESTRICTED) && readFileSync(RESTRICTED, "utf8").startsWith("1");

/** Lets a user other than root at the repo on a host, with the words to type there. */
export async function withoutRoot(host: Host) {
  const nobody = await letNobodyIn(host);
  const uid = Number(/--reuid=(\d+)/.exec(nobody.as.join(" "))?.[1]);
  const silent = ["pnpm", "--silent", "-C"];
  return {
    uid,
    as: nobody.as as [string, ...string[]],
    /** The words before a command that run it as this user's own root. */
    rootless: [...silent, `${nobody.repo}/workshop`, "rootless", "--"],
    /** Returns the command that starts a stage. */
    start: (stage: string) => [...silent, `${nobody.repo}/steps/${stage}`, "start"],
  };
}
