import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { repo } from "host";
import type { Architecture } from "../architecture.ts";
import { cache } from "../cache.ts";
import { makeOnce } from "../make-once.ts";
import { requireForDisk } from "../require-host.ts";
import { packRepo } from "../session/pack-repo.ts";
import { startTask } from "../start-task.ts";
import { deleteUnusedDisks, useDisk } from "./clones.ts";
import { diskName } from "./disk-name.ts";
import { hasTools } from "./has-tools.ts";

/**
 * Makes the disk with systemd, pnpm, the dependencies and ubuntu-fs, unless there is one that is made
 * from the same.
 *
 * @returns its folder: disk.qcow2, and the kernel that boots from it
 */
export async function makeDisk(architecture: Architecture, signal: AbortSignal): Promise<string> {
  const name = diskName(architecture);
  const folder = path.join(cache, name);
  useDisk(name, architecture);
  await makeOnce(folder, signal, async (making) => {
    requireForDisk(architecture);
    writeFileSync(path.join(making, "workshop.tar"), await packRepo());
    await runScript(making, architecture, signal);
  });
  deleteUnusedDisks();
  return folder;
}

async function runScript(folder: string, { name }: Architecture, signal: AbortSignal) {
  const task = startTask("making the lab's disk (once, about two minutes)");
  const lines: string[] = [];
  try {
    // A process group of its own: it does not hear Ctrl-C, and is ended as a whole.
    const script = spawn(
      "setpriv",
      [
        ...["--pdeathsig=TERM", path.join(repo, "lab/disk/make-disk.sh"), folder, name],
        ...(hasTools ? ["test"] : []),
      ],
      {
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
        env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
      },
    );
    const end = () => script.kill("SIGTERM");
    signal.addEventListener("abort", end);
    for (const input of [script.stdout, script.stderr]) {
      createInterface({ input }).on("line", (line) => {
        lines.push(line);
        task.detail(line);
      });
    }
    const [status] = await once(script, "close");
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    if (status !== 0) throw new Error(`no disk could be made:\n${lines.slice(-20).join("\n")}`);
  } finally {
    task.end();
  }
}
