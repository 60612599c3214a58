import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Architecture } from "./architecture.ts";
import { cache } from "./cache.ts";
import { diskName } from "./disk/disk-name.ts";
import { chooseAccelerator } from "./machine/accelerator.ts";
import { requireForDisk, requireForMachine } from "./require-host.ts";

/**
 * Says what there is of the lab on this computer, and starts nothing.
 *
 * @throws {Error} when something is missing, with what to type instead
 */
export function describeLab(architecture: Architecture): string {
  requireForMachine(architecture);
  const { stdout } = spawnSync(architecture.program, ["--version"], { encoding: "utf8" });
  const version = /version (\S+)/.exec(stdout)?.[1] ?? "of an unknown version";
  const how = { tcg: "emulation", kvm: "KVM", hvf: "hvf" }[chooseAccelerator(architecture)];
  const folder = path.join(cache, diskName(architecture));
  if (!existsSync(folder)) requireForDisk(architecture);
  const disk = existsSync(folder) ? "the disk is made" : "no disk yet";
  const isSaved =
    existsSync(folder) && readdirSync(folder).some((name) => /^state-\w+$/.test(name));
  return `QEMU ${version}, ${how}, ${disk}${isSaved ? ", the machine has booted" : ""}`;
}
