// The old root goes to /mnt, and is unmounted there. Node itself joins: its threads end with execve.
import { mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  MNT_DETACH,
  MS_BIND,
  mount,
  pivotRoot,
  reapOrphans,
  removeCgroup,
  sethostname,
  spawn,
  umount,
  wait,
} from "shared-native";

const root = path.join(import.meta.dirname, "../../../ubuntu-fs");
const [mode, ...words] = process.argv.slice(2);
const isInit = words[0] === "--init";
const [file = "", ...args] = words.slice(isInit ? 1 : 0);

if (mode === "child") {
  const procs = openSync(process.env.PROCS ?? "", "w");
  sethostname("container");
  mount(root, root, null, MS_BIND);
  pivotRoot(root, path.join(root, "mnt"));
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  umount("/mnt", MNT_DETACH);
  if (isInit) {
    const join = ["-c", 'echo 0 >&3; exec "$@" 3>&-', "sh", file, ...args];
    const child = spawn("sh", join, { stdio: ["inherit", "inherit", "inherit", procs] });
    setInterval(reapOrphans, 100, child).unref();
    process.exit(await wait(child));
  }
  writeSync(procs, "0");
  process.execve?.("/usr/bin/env", ["env", "--", file, ...args], process.env);
}
const box = path.join(cgroupRoot("pids"), `box.${process.pid}`);
mkdirSync(box);
writeFileSync(path.join(box, "pids.max"), "10\n");
const again = [...process.execArgv, import.meta.filename, "child", ...words];
const container = spawn("/proc/self/exe", again, {
  stdio: "inherit",
  env: { ...process.env, PROCS: cgroupProcs(box) },
  cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
  unshareflags: CLONE_NEWNS,
});
process.exitCode = await wait(container, 5);
removeCgroup(box);
