// The shell writes its own number, the limit has a line feed, and mkdtemp finds the name.
import { mkdtempSync, openSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  chroot,
  mount,
  removeCgroupAtEnd,
  sethostname,
  spawn,
  wait,
} from "shared-native";

const [mode, ...command] = process.argv.slice(2);
if (mode === "child") {
  sethostname("container");
  chroot(path.join(import.meta.dirname, "../../../ubuntu-fs"));
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  const stdio = ["inherit", "inherit", "inherit", 3] as const;
  const script = 'echo $$ >&3; exec 3>&-; exec "$@"';
  const shell = spawn("sh", ["-c", script, "sh", ...command], { stdio: [...stdio] });
  process.exitCode = await wait(shell);
} else {
  const cgroup = mkdtempSync(path.join(cgroupRoot("pids"), "mine-"));
  removeCgroupAtEnd(cgroup);
  writeFileSync(path.join(cgroup, "pids.max"), "10\n");
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const container = spawn("/proc/self/exe", again, {
    stdio: ["inherit", "inherit", "inherit", openSync(cgroupProcs(cgroup), "w")],
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
    unshareflags: CLONE_NEWNS,
  });
  process.exitCode = await wait(container, 5);
}
