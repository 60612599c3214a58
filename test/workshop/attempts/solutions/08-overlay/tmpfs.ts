// child() keeps the changes in a tmpfs of its own mount namespace, which ends with that: nothing is to be
// removed, and nobody on the host can look at them.
import { readdirSync } from "node:fs";
import path from "node:path";
import { configCgroups } from "learnt/cgroup";
import { hideKernel, mountDevices } from "learnt/devices";
import { init } from "learnt/init";
import * as native from "shared-native";

const { CLONE_NEWIPC, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWUTS, mount, spawn } = native;

const [mode, ...words] = process.argv.slice(2);
const options = words.slice(
  0,
  words.findIndex((word) => !word.startsWith("--")),
);
const command = words.slice(options.length);
const repo = path.join(import.meta.dirname, "../../..");
if (mode === "run") await run();
else await child();

async function run() {
  const procs = configCgroups(`container-${process.pid}`);
  const terminal = native.openTerminal();
  const args = [...process.execArgv, import.meta.filename, "child", ...words];
  const container = spawn("/proc/self/exe", args, {
    stdio: [...terminal.stdio, procs],
    detached: true,
    cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC,
    unshareflags: CLONE_NEWNS,
  });
  terminal.connect();
  process.exitCode = await native.wait(container, 5);
  await terminal.drain();
}

async function child() {
  native.requireNewNamespaces(CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC);
  native.dieWithParent("SIGKILL");
  const terminal = native.takeTerminal();
  native.sethostname("container");

  const image = options.find((option) => option.startsWith("--image="))?.slice(8);
  const layers = image
    ? readdirSync(path.join(repo, "images", image))
        .sort()
        .reverse()
    : [];
  mount("tmpfs", "/mnt", "tmpfs", 0);
  process.chdir("/mnt");
  const { mkdirSync, symlinkSync } = process.getBuiltinModule("node:fs");
  for (const name of ["upper", "work", "root"]) mkdirSync(name);
  const lower = layers.map((name) => {
    symlinkSync(path.join(repo, "images", image ?? "", name), name);
    return name;
  });
  if (!image) symlinkSync(path.join(repo, "ubuntu-fs"), "image");
  const data = `lowerdir=${image ? lower.join(":") : "image"},upperdir=upper,workdir=work`;
  mount("overlay", "root", "overlay", options.includes("--read-only") ? native.MS_RDONLY : 0, data);
  process.chdir("root");
  mountDevices(terminal);
  native.pivotRoot(".", ".");
  mount("proc", "/proc", "proc", native.MS_NOSUID);
  native.umount(".", native.MNT_DETACH);
  process.chdir("/");
  hideKernel();

  const join = [
    "sh",
    "-c",
    'echo 0 >&3 && exec "$@" 3>&-',
    "sh",
    ...native.keepEnvironment(command),
  ];
  if (options.includes("--init")) await init(join);
  else native.execve("/bin/sh", join, [3]);
}
