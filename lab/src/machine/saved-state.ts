import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import { text } from "node:stream/consumers";
import { makeOnce } from "../make-once.ts";
import { startTask } from "../start-task.ts";
import { awaitLine } from "./await-line.ts";
import { qemuArguments, type Start } from "./qemu-arguments.ts";
import { type Machine, startMachine } from "./start-machine.ts";

/**
 * Boots a machine and saves its state, unless that is there already. An emulated machine takes long to
 * boot, and a moment to go on from its state.
 *
 * @param cold how the machine boots
 * @returns how it goes on
 */
export async function saveState(cold: Start, signal: AbortSignal): Promise<Start> {
  const name = `state-${fingerprint(cold)}`;
  await makeOnce(path.join(cold.folder, name), signal, async (making) => {
    const disk = path.join(making, "disk.qcow2");
    run("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", `../${cold.disk}`, disk);
    const below = path.basename(making);
    const task = startTask("booting the lab's machine (once, about half a minute)");
    const machine = startMachine({ ...cold, disk: `${below}/disk.qcow2`, keepsWrites: true });
    try {
      machine.log.onLine(task.detail);
      await awaitLine(machine, "ready", signal);
      await save(machine, `${below}/memory`);
    } finally {
      machine.end();
      await machine.ended;
      task.end();
    }
  });
  return { ...cold, disk: `${name}/disk.qcow2`, memory: `${name}/memory` };
}

/** Returns a fingerprint: only the same QEMU with the same options can go on from a state. */
function fingerprint(cold: Start): string {
  const options = [run(cold.architecture.program, "--version"), ...qemuArguments(cold)];
  return createHash("sha256").update(options.join("\n")).digest("hex").slice(0, 12);
}

/** Writes the machine's memory and devices to a file, as if it migrated to another host. */
async function save({ monitor }: Machine, memory: string): Promise<void> {
  monitor.write(`migrate "exec:cat >${memory}"\ninfo migrate\nquit\n`);
  const answer = await text(monitor); // until QEMU ends
  if (!answer.includes("Migration status: completed")) {
    throw new Error(`the machine's state could not be saved: ${answer}`);
  }
}

function run(program: string, ...args: string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (error || stderr) throw new Error(`${program}: ${error?.message ?? stderr}`);
  return stdout;
}
