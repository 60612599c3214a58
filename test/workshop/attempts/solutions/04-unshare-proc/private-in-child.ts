// No unshareflags: child changes the propagation itself, and unmounts nothing: its namespace ends with it.
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  chroot,
  MS_PRIVATE,
  MS_REC,
  mount,
  sethostname,
  spawn,
  wait,
} from "shared-native";

const root = path.join(import.meta.dirname, "../../../ubuntu-fs");
const [mode, ...command] = process.argv.slice(2);
const [file = "", ...args] = command;

if (mode === "child") {
  sethostname("container");
  mount("none", "/", null, MS_REC | MS_PRIVATE);
  chroot(root);
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  process.exitCode = await wait(spawn(file, args, { stdio: "inherit" }));
} else {
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const cloneflags = CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS;
  const container = spawn("/proc/self/exe", again, { stdio: "inherit", cloneflags });
  process.exitCode = await wait(container, 5);
}
