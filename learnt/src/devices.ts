import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import {
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  mount,
} from "shared-native";

/** The links that bash needs for `<(command)`, and others for 2>/dev/stderr. */
const LINKS = {
  fd: "/proc/self/fd",
  stdin: "/proc/self/fd/0",
  stdout: "/proc/self/fd/1",
  stderr: "/proc/self/fd/2",
};

/** Files and folders that tell of the host: runc's list. */
const MASKED = [
  ...["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats"],
  ...["/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi"],
  ...["/sys/firmware", "/sys/devices/virtual/tpm"],
];

/** Those that change the host for all: runc's list, too. */
const READ_ONLY = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

/** Mounts /dev with what programs expect of it, and /sys, while the host's are still in sight. */
export function mountDevices(terminal?: string) {
  mount("tmpfs", "dev", "tmpfs", MS_NOSUID, "mode=755,size=65536k");
  for (const name of ["null", "zero", "full", "random", "urandom", "tty"])
    bind(`/dev/${name}`, name);
  // Terminals of its own, with numbers from 0. ptmx is where a program gets a new one
  mkdirSync("dev/pts");
  const options = "newinstance,ptmxmode=0666,mode=0620";
  mount("devpts", "dev/pts", "devpts", MS_NOSUID | MS_NOEXEC, options);
  symlinkSync("pts/ptmx", "dev/ptmx");
  if (terminal !== undefined) bind(terminal, "console");
  mkdirSync("dev/shm");
  mount("shm", "dev/shm", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=1777,size=65536k");
  mkdirSync("dev/mqueue");
  mount("mqueue", "dev/mqueue", "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC);
  for (const [link, target] of Object.entries(LINKS)) symlinkSync(target, `dev/${link}`);
  mount("sysfs", "sys", "sysfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC);
}

/** Shows a device of the host as a file in dev: making one takes more than a user namespace allows. */
function bind(device: string, name: string) {
  writeFileSync(`dev/${name}`, "");
  mount(device, `dev/${name}`, null, MS_BIND);
}

/** Takes away what in /proc and /sys is about the host's kernel, as runc does. */
export function hideKernel() {
  for (const path of MASKED.filter((each) => existsSync(each))) {
    if (statSync(path).isDirectory()) mount("tmpfs", path, "tmpfs", MS_RDONLY);
    else mount("/dev/null", path, null, MS_BIND);
  }
  for (const path of READ_ONLY.filter((each) => existsSync(each))) {
    // A mount point gets flags of its own only in a second step
    mount(path, path, null, MS_BIND | MS_REC);
    const flags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
    mount(path, path, null, MS_BIND | MS_REMOUNT | flags);
  }
}
