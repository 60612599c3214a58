// The root is mounted elsewhere first, as runtimes do: /proc/<pid>/root says /mnt, and it is ubuntu-fs.
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  chroot,
  MS_BIND,
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
  mount(root, "/mnt", null, MS_BIND);
  chroot("/mnt");
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  process.exitCode = await wait(spawn(file, args, { stdio: "inherit" }));
} else {
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const cloneflags = CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS;
  const options = { stdio: "inherit", cloneflags, unshareflags: CLONE_NEWNS } as const;
  process.exitCode = await wait(spawn("/proc/self/exe", again, options), 5);
}
