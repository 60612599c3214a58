// child() is a shell script, with pivot_root(8). As an init a bash stays, which reaps while it waits.
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  removeCgroupAtEnd,
  spawn,
  wait,
} from "shared-native";

const [, ...words] = process.argv.slice(2);
const withInit = words[0] === "--init";
const command = withInit ? words.slice(1) : words;
const root = path.join(import.meta.dirname, "../../../ubuntu-fs");

const cgroup = path.join(cgroupRoot("pids"), `script-${process.pid}`);
removeCgroupAtEnd(cgroup);
mkdirSync(cgroup);
writeFileSync(path.join(cgroup, "pids.max"), "10");

const join = 'echo 0 >&3 && exec "$@" 3>&-';
const last = withInit ? `bash -c '${join}' bash "$@"; exit $?` : join;
const script = `
  PATH=$PATH:/sbin
  hostname container && mount --bind "$1" "$1" && cd "$1" && shift && pivot_root . . &&
  mount -t proc proc /proc && umount -l . && cd / || exit 1
  ${last}`;
const container = spawn("bash", ["-c", script, "bash", root, ...command], {
  stdio: ["inherit", "inherit", "inherit", openSync(cgroupProcs(cgroup), "w")],
  cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
  unshareflags: CLONE_NEWNS,
});
process.exitCode = await wait(container);
