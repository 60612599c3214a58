// child() is a shell script, which mounts with mount(8). run() removes what it has written.
import { mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CLONE_NEWIPC,
  CLONE_NEWNS,
  CLONE_NEWPID,
  CLONE_NEWUTS,
  cgroupProcs,
  cgroupRoot,
  openTerminal,
  removeCgroupAtEnd,
  spawn,
  wait,
} from "shared-native";

const [, ...words] = process.argv.slice(2);
const command = [...words];
const options = new Map<string, string>();
while (command[0]?.startsWith("--")) {
  const [name = "", value = ""] = (command.shift() ?? "").split("=");
  options.set(name, value);
}
const repo = path.join(import.meta.dirname, "../../..");
const image = options.get("--image");
const layers = image ? `"$(printf '%s\\n' * | sort -r | paste -s -d:)"` : ".";
const root = image ? path.join(repo, "images", image) : path.join(repo, "ubuntu-fs");
const changes = mkdtempSync(path.join(tmpdir(), "changes-"));

const cgroup = path.join(cgroupRoot("pids"), `script-${process.pid}`);
removeCgroupAtEnd(cgroup);
mkdirSync(cgroup);
writeFileSync(path.join(cgroup, "pids.max"), "10");

const join = 'echo 0 >&3 && exec "$@" 3>&-';
const last = options.has("--init") ? `bash -c '${join}' bash "$@"; exit $?` : join;
const script = `
  PATH=$PATH:/sbin
  [ ! -t 0 ] || : <"$(readlink /proc/self/fd/0)" # who opens one without having one takes it
  hostname container && mkdir "$2/upper" "$2/work" && chmod 755 "$2/upper" && cd "$1" || exit 1
  mount -t overlay -o "${options.has("--read-only") ? "ro" : "rw"},lowerdir="${layers}",upperdir=$2/upper,workdir=$2/work" overlay "$1" &&
  cd "$1" && shift 2 &&
  mount -t tmpfs -o mode=755 tmpfs dev && mkdir dev/pts dev/shm dev/mqueue &&
  mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts && ln -s pts/ptmx dev/ptmx &&
  mount -t tmpfs tmpfs dev/shm && mount -t mqueue mqueue dev/mqueue &&
  mount -t sysfs -o ro sysfs sys || exit 1
  while read -r name numbers; do mknod -m 666 "dev/$name" c $numbers; done <<END
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
END
  pivot_root . . && mount -t proc proc /proc && umount -l . && cd / || exit 1
  for path in /proc/kcore /proc/keys /proc/timer_list; do
    [ ! -e $path ] || mount --bind /dev/null $path
  done
  for path in /proc/acpi /proc/scsi /sys/firmware; do
    [ ! -e $path ] || mount -t tmpfs -o ro tmpfs $path
  done
  for path in /proc/bus /proc/irq /proc/sys /proc/sysrq-trigger; do
    [ ! -e $path ] || { mount --bind $path $path && mount -o remount,bind,ro $path; }
  done
  ${last}`;
const terminal = openTerminal();
const container = spawn("bash", ["-c", script, "bash", root, changes, ...command], {
  stdio: [...terminal.stdio, openSync(cgroupProcs(cgroup), "w")],
  detached: true,
  cloneflags: CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC,
  unshareflags: CLONE_NEWNS,
});
terminal.connect();
process.exitCode = await wait(container);
await terminal.drain();
rmSync(changes, { recursive: true });
