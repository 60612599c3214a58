import { restoreFileLimit, setrlimit } from "shared-native";
import type { Process } from "../config/process.ts";

/** In the order of their numbers, from <asm-generic/resource.h>. */
const RESOURCES = [
  ...["CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS", "LOCKS"],
  ...["SIGPENDING", "MSGQUEUE", "NICE", "RTPRIO", "RTTIME"],
].map((name) => `RLIMIT_${name}`);

/** @throws {Error} for a limit that the kernel does not have */
export function checkRlimits(rlimits: Process["rlimits"]): void {
  for (const { type } of rlimits) {
    if (!RESOURCES.includes(type)) throw new Error(`process.rlimits: there is no limit ${type}`);
  }
}

/** Sets the limits of a process. Node has raised that of open files for itself. */
export function setRlimits(rlimits: Process["rlimits"]): void {
  restoreFileLimit();
  for (const { type, soft, hard } of rlimits) setrlimit(RESOURCES.indexOf(type), { soft, hard });
}
