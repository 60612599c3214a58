// Each namespace where another flag can be; mount(8) and umount(8) of the root do the work inside.
import { spawnSync } from "node:child_process";
import path from "node:path";
import * as native from "shared-native";

const [mode, ...command] = process.argv.slice(2);
const [file = "", ...args] = command;
if (mode === "inside") {
  native.sethostname("container");
  process.chdir(path.join(import.meta.dirname, "../../../ubuntu-fs"));
  native.chroot(".");
  spawnSync("mount", ["-t", "proc", "proc", "/proc"]);
  const status = await native.wait(native.spawn(file, args, { stdio: "inherit" }));
  spawnSync("umount", ["/proc"]);
  process.exit(status);
}
const again = [...process.execArgv, import.meta.filename, "inside", ...command];
const container = native.spawn(process.execPath, again, {
  stdio: "inherit",
  cloneflags: native.CLONE_NEWPID + native.CLONE_NEWUTS,
  unshareflags: native.CLONE_NEWNS,
});
process.exitCode = await native.wait(container, 5);
