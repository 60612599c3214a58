// No chroot: the mount of ubuntu-fs becomes the root of all, and the host's root goes.
import { execFileSync } from "node:child_process";
import path from "node:path";
import {
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  MNT_DETACH,
  MS_BIND,
  mount,
  sethostname,
  spawn,
  umount,
  wait,
} from "shared-native";

const root = path.join(import.meta.dirname, "../../../ubuntu-fs");
const [mode, ...command] = process.argv.slice(2);
const [file = "", ...args] = command;

if (mode === "child") {
  sethostname("container");
  mount(root, root, null, MS_BIND);
  execFileSync("pivot_root", [".", "."], { cwd: root });
  umount("/", MNT_DETACH);
  process.chdir("/");
  mount("proc", "/proc", "proc", 0);
  process.exitCode = await wait(spawn(file, args, { stdio: "inherit" }));
} else {
  const again = [...process.execArgv, import.meta.filename, "child", ...command];
  const cloneflags = CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS;
  const options = { stdio: "inherit", cloneflags, unshareflags: CLONE_NEWNS } as const;
  process.exitCode = await wait(spawn("/proc/self/exe", again, options), 5);
}
