// Another order that is also right: everything is mounted from outside, then comes chroot.
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  chroot,
  mount,
  oneLineErrors,
  sethostname,
  spawn,
  umount,
  wait,
} from "shared-native";

const root = path.resolve(import.meta.dirname, "../../..", "ubuntu-fs");
oneLineErrors();
const [mode, file = "", ...args] = process.argv.slice(2);

if (mode === "child") {
  mount("proc", path.join(root, "proc"), "proc", 0);
  process.chdir(root);
  chroot(".");
  sethostname("container");
  const status = await wait(spawn(file, args, { stdio: "inherit" }));
  umount("/proc");
  process.exit(status);
}
const again = [...process.execArgv, import.meta.filename, "child", file, ...args];
const cloneflags = CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS;
const container = spawn("/proc/self/exe", again, { stdio: "inherit", cloneflags });
process.exitCode = await wait(container, 5);
