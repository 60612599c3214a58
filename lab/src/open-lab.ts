import { rmSync } from "node:fs";
import path from "node:path";
import type { Architecture } from "./architecture.ts";
import { makeDisk } from "./disk/make-disk.ts";
import { type Accelerator, chooseAccelerator, rememberNoKvm } from "./machine/accelerator.ts";
import { awaitLine } from "./machine/await-line.ts";
import type { Start } from "./machine/qemu-arguments.ts";
import { saveState } from "./machine/saved-state.ts";
import { type Machine, startMachine } from "./machine/start-machine.ts";
import { requireForMachine } from "./require-host.ts";
import { packRepo } from "./session/pack-repo.ts";
import { attend, startCommand } from "./session/run-command.ts";

/** The machine that a command runs in. */
export interface Place {
  architecture: Architecture;
  /** The accelerator to use; by default the fastest that works. */
  accelerator?: Accelerator | undefined;
}

/** The seconds of silence after which KVM does not work: where it does, it is fast. */
const KVM_SILENCE = 10;

/**
 * Runs a command in a machine of its own, which is thrown away at the end.
 *
 * @returns the command's exit status
 */
export async function openLab(
  command: string[],
  { architecture, accelerator }: Place,
  signal: AbortSignal,
): Promise<number> {
  requireForMachine(architecture);
  const folder = await makeDisk(architecture, signal);
  const cold = { architecture, folder, disk: "disk.qcow2", keepsWrites: false };
  const chosen = accelerator ?? chooseAccelerator(architecture);
  if (chosen === "tcg") return await resume({ ...cold, accelerator: chosen }, command, signal);

  const machine = startMachine({ ...cold, accelerator: chosen });
  try {
    await awaitLine(machine, "ready", signal, chosen === "kvm" ? KVM_SILENCE : undefined);
  } catch (error) {
    machine.end();
    await machine.ended;
    if (accelerator || signal.aborted || chosen !== "kvm") throw error;
    rememberNoKvm();
    console.error("lab: /dev/kvm is there, but does not work: this computer emulates the machine");
    return await resume({ ...cold, accelerator: "tcg" }, command, signal);
  }
  return await use(machine, command, signal);
}

/** Resumes a machine from its saved state, instead of booting it. */
async function resume(cold: Start, command: string[], signal: AbortSignal): Promise<number> {
  const saved = await saveState(cold, signal);
  return await use(startMachine(saved), command, signal, () => {
    const state = path.dirname(path.join(saved.folder, saved.disk));
    rmSync(state, { recursive: true });
    console.error("lab: the machine's saved state did not work and is deleted: try again");
  });
}

async function use(
  machine: Machine,
  command: string[],
  signal: AbortSignal,
  onFailedStart = () => {},
): Promise<number> {
  try {
    const repo = await packRepo();
    try {
      await startCommand(machine, repo, command, signal);
    } catch (error) {
      if (!signal.aborted) onFailedStart();
      throw error;
    }
    return await attend(machine, signal);
  } finally {
    machine.end();
    await machine.ended;
  }
}
