import { expect, type Fact } from "./fact.ts";
import { shown } from "./shown.ts";

/**
 * Prints those that may be written to, then those files that have a first byte, and those folders that have
 * a file. Some kernels lack one or the other.
 */
const OPEN = `
  for path in /proc/sys/kernel/hostname /proc/sys/vm/swappiness /proc/sysrq-trigger /proc/irq /proc/bus \\
    /sys /sys/kernel; do [ ! -w $path ] || echo $path; done
  echo and
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
    const { stdout } = await run("sh", "-c", OPEN);
    const [writable = "", readable = ""] = stdout.split(/^and$/m).map((paths) => paths.trim());
    expect(
      writable === "",
      "/sys, /proc/sys and /proc/sysrq-trigger are read-only",
      `these can be written to: ${shown(writable)}`,
      "A path becomes read-only in two steps: first mount it on itself, MS_BIND, then MS_REMOUNT | MS_BIND | MS_RDONLY. /sys is a sysfs mounted with MS_RDONLY.",
    );
    expect(
      readable === "",
      "/proc/kcore, /proc/keys and the like are empty",
      `these show something: ${shown(readable)}`,
      "A file is hidden below /dev/null, mounted on it with MS_BIND, and a folder below an empty tmpfs.",
    );
  },
};
