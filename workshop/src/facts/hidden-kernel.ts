import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

/** Prints those that may be written to. Some kernels lack one or the other. */
const WRITABLE =
  "for path in /proc/sys/kernel/hostname /proc/sys/vm/swappiness /proc/sysrq-trigger /proc/irq /proc/bus /sys /sys/kernel; do [ ! -w $path ] || echo $path; done";

/** Prints those files that have a first byte, and those folders that have a file. */
const READABLE = `
  for path in /proc/kcore /proc/keys /proc/timer_list; do
    [ ! -e $path ] || [ "$(head -c 1 $path | wc -c)" = 0 ] || echo $path
  done
  for path in /proc/acpi /proc/scsi /sys/firmware; do
    [ ! -e $path ] || [ -z "$(ls $path)" ] || echo $path
  done; :`;

export const hidesKernel: Fact = {
  id: "kernel-hidden",
  title: "cannot change the settings of the host's kernel, nor look into it",
  async check({ run }) {
    const writable = run("sh", "-c", `${WRITABLE}; :`);
    const readable = run("sh", "-c", READABLE);
    const written = (await writable).stdout.trim();
    expect(
      written === "",
      "/sys, /proc/sys and /proc/sysrq-trigger are read-only",
      `these can be written to: ${shown(written)}`,
      "A path becomes read-only in two steps: first mount it on itself, MS_BIND, then MS_REMOUNT | MS_BIND | MS_RDONLY. /sys is a sysfs mounted with MS_RDONLY.",
    );
    const read = (await readable).stdout.trim();
    expect(
      read === "",
      "/proc/kcore, /proc/keys and the like are empty",
      `these show something: ${shown(read)}`,
      "A file is hidden below /dev/null, mounted on it with MS_BIND, and a folder below an empty tmpfs.",
    );
  },
};
