import { repo } from "host";
import { requireUserNamespaces, spawn, wait } from "shared-native";
import { requireLinux } from "../requirements/require-linux.ts";

/**
 * The namespaces of a host of one's own. A stage moves into those of its container and comes back, and
 * the kernel lets it back only into those that belong to the user namespace in which it is root.
 */
const NAMESPACES = ["--uts", "--mount", "--pid", "--fork", "--mount-proc"];

/** Makes a user root. Who is root has no use for it: in there, root may not write to a clone of another's. */
const BECOME_ROOT = ["--user", "--map-root-user"];

/** Shares mounts, as systemd does, and shows the host's devices in ubuntu-fs: nobody but root makes some. */
const PREPARE = `
  mount --make-rshared / &&
  { test -e "$0/ubuntu-fs/ROOT_OF_CONTAINER" || pnpm --silent --dir "$0" rootfs; } &&
  for name in null zero full random urandom tty; do
    mount --bind /dev/$name "$0/ubuntu-fs/dev/$name" || exit
  done &&
  exec "$@"`;

/** Runs `pnpm rootless`: opens a shell, or runs a command, where an ordinary user is root. */
export async function rootless(command: string[]): Promise<void> {
  requireLinux();
  const isRoot = process.geteuid?.() === 0;
  if (!isRoot) requireUserNamespaces();
  const namespaces = [...(isRoot ? [] : BECOME_ROOT), ...NAMESPACES];
  console.error(`Running unshare ${namespaces.join(" ")}`);
  if (command.length === 0) {
    console.error(
      "In this shell you are root, on a host of your own: stages 1 to 4 run here, and exit leads back",
    );
  }
  const inside = ["sh", "-c", PREPARE, repo, ...(command.length > 0 ? command : ["/bin/bash"])];
  // Whatever ends this program, even SIGKILL, ends all in there
  const unshare = ["--pdeathsig", "KILL", "unshare", ...namespaces, "--kill-child"];
  const shell = spawn("setpriv", [...unshare, ...inside], {
    stdio: "inherit",
    // pnpm starts us in workshop/
    cwd: process.env.INIT_CWD,
    // What is installed has just been looked at, and what pnpm locks for that is locked by the other root
    env: { ...process.env, pnpm_config_verify_deps_before_run: "false" },
  });
  process.exitCode = await wait(shell);
}
