import { accessSync, constants, existsSync, readFileSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import path from "node:path";
import type { Architecture } from "../architecture.ts";
import { cache } from "../cache.ts";

/** The one that runs a machine's instructions: the processor, via the kernel, or QEMU ("tcg"). */
export type Accelerator = "kvm" | "hvf" | "tcg";

/** A file that says that this kernel's KVM does not work, so that it is tried only once. */
const NO_KVM = path.join(cache, `no-kvm-${release()}`);

/** Returns the fastest accelerator that may work here. */
export function chooseAccelerator({ node }: Architecture): Accelerator {
  if (node !== process.arch) return "tcg";
  if (process.platform === "darwin") return "hvf";
  return mayUseKvm() && !existsSync(NO_KVM) ? "kvm" : "tcg";
}

/** Records that a machine with KVM did not come up. */
export function rememberNoKvm(): void {
  writeFileSync(NO_KVM, "");
}

/** Tells whether KVM may work. A device that opens is no proof: in a virtual machine it may not. */
function mayUseKvm(): boolean {
  try {
    accessSync("/dev/kvm", constants.R_OK | constants.W_OK);
  } catch {
    return false;
  }
  return process.arch !== "x64" || /\b(vmx|svm)\b/.test(readFileSync("/proc/cpuinfo", "utf8"));
}
