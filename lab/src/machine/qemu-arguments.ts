import type { Architecture } from "../architecture.ts";
import type { Accelerator } from "./accelerator.ts";

/** The things that a machine is started from. */
export interface Start {
  architecture: Architecture;
  accelerator: Accelerator;
  /** The folder with its kernel and its disk: QEMU runs in it, and the other paths are below it. */
  folder: string;
  disk: string;
  /** True if what is written to the disk should stay there. */
  keepsWrites: boolean;
  /** The memory of a saved machine to go on from; without it, the machine boots. */
  memory?: string;
}

/** The lines to the machine, from descriptor 3 on: lab/machine/session.sh has their other ends. */
const PORTS = ["session", "files", "stdout", "stderr"];

/** Returns QEMU's options. Its paths are relative, as it takes commas and colons for separators. */
export function qemuArguments(start: Start): string[] {
  const { architecture, accelerator, disk, keepsWrites, memory } = start;
  const emulates = accelerator === "tcg";
  return [
    ...architecture.machine,
    ...["-accel", emulates ? "tcg,thread=multi" : accelerator],
    ...["-cpu", emulates ? architecture.emulated : "host"],
    ...["-smp", "2", "-m", "2G"],
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    // What the kernel writes is how one sees that it gets on
    ...["-serial", "stdio", "-kernel", "vmlinuz", "-initrd", "initrd.img"],
    ...["-append", kernelCommandLine(architecture.console)],
    // Not NVMe, whose driver needs no initial RAM disk: QEMU cannot save the state of such a disk
    ...[
      "-drive",
      `if=none,id=root,format=qcow2,file=${disk},snapshot=${keepsWrites ? "off" : "on"}`,
    ],
    ...["-device", "virtio-blk-pci,drive=root", "-device", "virtio-serial-pci"],
    ...PORTS.flatMap((name, index) => [
      ...["-chardev", `socket,id=${name},fd=${3 + index}`],
      ...["-device", `virtserialport,chardev=${name},name=${name},nr=${1 + index}`],
    ]),
    ...["-chardev", "socket,id=terminal,fd=7", "-device", "virtconsole,chardev=terminal,nr=0"],
    ...["-chardev", "socket,id=monitor,fd=8", "-mon", "monitor"],
    ...(memory === undefined ? [] : ["-incoming", `exec:cat ${memory}`]),
  ];
}

function kernelCommandLine(console: string): string {
  return [
    ...[`console=${console}`, "root=/dev/vda", "rw", "panic=-1"],
    // On a busy computer, the kernel finds that its timer does not work, and panics
    "no_timer_check",
    ...["lsm=capability", "mitigations=off", "nokaslr"],
    ...["systemd.unit=lab.target", "systemd.show_status=0"],
  ].join(" ");
}
