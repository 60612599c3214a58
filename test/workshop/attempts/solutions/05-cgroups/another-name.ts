// Another name, and the cgroup goes through the environment: child opens its file before chroot.
import { mkdirSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupRoot,
  chroot,
  mount,
  removeCgroup,
  sethostname,
  spawn,
  wait,
} from "shared-native";

const root = path.join(import.meta.dirname, "../../../ubuntu-fs");
const [mode, ...command] = process.argv.slice(2);
const [file = "", ...args] = command;

if (mode === "child") {
  const procs = openSync(path.join(process.env.BOX ?? "", "cgroup.procs"), "w");
  sethostname("container");
  chroot(root);
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  const join = ["-c", 'echo 0 >&3; exec "$@" 3>&-', "sh", file, ...args];
  const stdio = ["inherit", "inherit", "inherit", procs] as const;
  process.exitCode = await wait(spawn("/bin/sh", join, { stdio: [...stdio] }));
} else {
  const box = path.join(cgroupRoot("pids"), `box.${process.pid}`);
  mkdirSync(box);
  writeFileSync(path.join(box, "pids.max"), "10\n");
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const container = spawn("/proc/self/exe", again, {
    stdio: "inherit",
    env: { ...process.env, BOX: box },
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
    unshareflags: CLONE_NEWNS,
  });
  process.exitCode = await wait(container, 5);
  removeCgroup(box);
}
