import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { advice } from "../errors/advice.ts";
import { PATH } from "./run-program.ts";

/** Settings by which a system refuses user namespaces: the value that does, and one that does not. */
const SETTINGS = [
  // Ubuntu's AppArmor, from 23.10 on: unshare(2) works then, and what root may do is refused
  { name: "kernel.apparmor_restrict_unprivileged_userns", refuses: "1", allows: "0" },
  // Debian's own
  { name: "kernel.unprivileged_userns_clone", refuses: "0", allows: "1" },
  { name: "user.max_user_namespaces", refuses: "0", allows: "10000" },
];

/**
 * Refuses to go on where this user cannot become root of a new user namespace.
 *
 * @throws {Error} with the setting that refuses it, and what root types to change it
 * @see https://man7.org/linux/man-pages/man7/user_namespaces.7.html
 */
export function requireUserNamespaces(): void {
  const flags = ["--user", "--map-root-user"];
  const env = { ...process.env, PATH };
  const { status, signal, stderr, error } = spawnSync("unshare", [...flags, "true"], {
    encoding: "utf8",
    env,
  });
  if (status === 0) return;
  if (signal) throw new Error(`unshare was ended by ${signal}: try again`);
  const setting = SETTINGS.find(({ name, refuses }) => read(name) === refuses);
  const found = setting
    ? advice.userNamespaceSetting(`${setting.name}=${setting.allows}`)
    : advice.userNamespaces;
  throw new Error(`${found} (${error?.message ?? stderr.trim()})`);
}

/** Reads a setting of the kernel, which not every kernel has. */
function read(name: string): string | undefined {
  const file = `/proc/sys/${name.replaceAll(".", "/")}`;
  return existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
}
