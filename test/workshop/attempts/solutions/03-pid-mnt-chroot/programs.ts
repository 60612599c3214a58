// Nothing but programs: unshare(1), whose mounts are private, as process 1 a shell.
import { spawnSync } from "node:child_process";
import path from "node:path";

const [, ...command] = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, "../../../ubuntu-fs");
const script = `
  root=$1; shift
  hostname container && mount -t proc proc "$root/proc" && cd / &&
  chroot "$root" "$@"`;
const flags = ["--uts", "--pid", "--mount", "--fork", "--kill-child"];
const args = [...flags, "sh", "-c", script, "sh", root, ...command];
process.exitCode = spawnSync("unshare", args, { stdio: "inherit" }).status ?? 137;
