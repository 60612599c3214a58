// A shell joins while it still is outside, and becomes chroot(1), which becomes the command.
import { mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupRoot,
  mount,
  removeCgroup,
  sethostname,
  spawn,
  wait,
} from "shared-native";

const root = path.join(import.meta.dirname, "../../../ubuntu-fs");
const [mode, ...command] = process.argv.slice(2);

if (mode === "child") {
  const [cgroup = "", ...rest] = command;
  sethostname("container");
  mount("proc", path.join(root, "proc"), "proc", 0);
  const script = 'echo 0 >"$0/cgroup.procs" && cd / && exec chroot "$@"';
  const shell = spawn("sh", ["-c", script, cgroup, root, ...rest], { stdio: "inherit" });
  process.exitCode = await wait(shell);
} else {
  const cgroup = mkdtempSync(path.join(cgroupRoot("pids"), "my-"));
  writeFileSync(path.join(cgroup, "pids.max"), "10");
  const again = [...process.execArgv, import.meta.filename, "child", cgroup, ...command];
  const container = spawn("/proc/self/exe", again, {
    stdio: "inherit",
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS,
    unshareflags: CLONE_NEWNS,
  });
  process.exitCode = await wait(container, 5);
  removeCgroup(cgroup);
}
