// A slave gets mounts of the host, and gives none back. The command itself is process 1.
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  chroot,
  MS_REC,
  MS_SLAVE,
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
  mount("none", "/", null, MS_REC | MS_SLAVE);
  mount("proc", path.join(root, "proc"), "proc", 0);
  chroot(root);
  process.chdir("/");
  process.execve?.("/bin/sh", ["sh", "-c", 'exec "$@"', "sh", file, ...args], process.env);
} else {
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const cloneflags = CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS;
  const container = spawn("/proc/self/exe", again, { stdio: "inherit", cloneflags });
  process.exitCode = await wait(container, 5);
}
