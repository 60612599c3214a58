// runc spec, and docker export
// pnpm --filter 13-oci bundle <command> [args…]
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { oneLineErrors } from "shared-native";
import { CAPABILITIES, config, REFUSED } from "./config.ts";

/** At the root of the repo; `pnpm rootfs` makes it. */
const UBUNTU_FS = path.join(import.meta.dirname, "../../../../ubuntu-fs");

const bundle = path.join(import.meta.dirname, "../../bundle");
const rootfs = path.join(bundle, "rootfs");

oneLineErrors();
const args = process.argv.slice(2);
if (!args[0] || args[0].startsWith("-")) {
  console.error("usage: pnpm --filter 13-oci bundle <command> [args…]");
  process.exit(2);
}
if (!existsSync(rootfs)) copyRoot();
const sets = { bounding: CAPABILITIES, effective: CAPABILITIES, permitted: CAPABILITIES };
const program = {
  terminal: process.stdin.isTTY && process.stdout.isTTY,
  user: { uid: 0, gid: 0 },
  args,
  env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", `TERM=${process.env.TERM ?? "dumb"}`],
  cwd: "/",
  capabilities: sets,
  noNewPrivileges: true,
};
const seccomp = {
  defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{ names: REFUSED, action: "SCMP_ACT_ERRNO" }],
};
const text = { ...config, process: program, linux: { ...config.linux, seccomp } };
writeFileSync(path.join(bundle, "config.json"), `${JSON.stringify(text, null, 2)}\n`);
const shown = path.relative(process.env.INIT_CWD ?? ".", bundle);
const runtime = path.relative(process.env.INIT_CWD ?? ".", path.join(bundle, "../runtime"));
console.log(`The bundle is in ${shown}. Three runtimes run it:`);
for (const each of ["runc", "crun", runtime]) console.log(`  ${each} run --bundle ${shown} hello`);

/** A bundle has its root with it. What a container writes stays in there: remove it for a fresh one. */
function copyRoot() {
  mkdirSync(bundle, { recursive: true });
  try {
    execFileSync("cp", ["-a", "--reflink=auto", UBUNTU_FS, rootfs]);
  } catch (error) {
    rmSync(rootfs, { recursive: true, force: true }); // half of a root is none
    throw error;
  }
}
