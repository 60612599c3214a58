/** A kind of machine that the lab can be. */
export interface Architecture {
  /** Its name in Debian. */
  name: "amd64" | "arm64";
  /** Its name in Node. */
  node: NodeJS.Architecture;
  /** QEMU's program, and the Debian package that contains it. */
  program: string;
  package: string;
  /** QEMU's program that runs one program of this architecture, for making a disk elsewhere. */
  user: string;
  /** QEMU's options for the machine, whatever its processor. */
  machine: string[];
  /** The processor that QEMU plays when it emulates. */
  emulated: string;
  /** The serial line to which the kernel writes its messages. */
  console: string;
}

const ARCHITECTURES: Architecture[] = [
  {
    name: "amd64",
    node: "x64",
    program: "qemu-system-x86_64",
    package: "qemu-system-x86",
    user: "qemu-x86_64-static",
    // vmgenid tells the kernel that it goes on as another machine: it then needs other random numbers
    machine: ["-machine", "q35", "-device", "vmgenid,guid=auto"],
    emulated: "max,pku=off",
    console: "ttyS0",
  },
  {
    name: "arm64",
    node: "arm64",
    program: "qemu-system-aarch64",
    package: "qemu-system-arm",
    user: "qemu-aarch64-static",
    machine: ["-machine", "virt,gic-version=3"],
    emulated: "cortex-a72",
    console: "ttyAMA0",
  },
];

/**
 * Returns the architecture with a name, or this computer's.
 *
 * @throws {Error} when the lab has none of that name
 */
export function findArchitecture(name?: string): Architecture {
  const found = ARCHITECTURES.find((one) =>
    name === undefined ? one.node === process.arch : one.name === name,
  );
  if (found) return found;
  if (name === undefined) throw new Error(`this computer is ${process.arch}: type "vagrant up"`);
  const names = ARCHITECTURES.map((one) => one.name).join(" or ");
  throw new Error(`there is no lab for ${name}: type --arch ${names}`);
}
