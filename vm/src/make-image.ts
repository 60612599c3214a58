import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { cache, repo } from "./folders.ts";
import { imageKey } from "./image-key.ts";
import { packRepo } from "./pack-repo.ts";
import { startProgress } from "./progress.ts";
import { withFolder } from "./with-folder.ts";

const SCRIPT = path.join(repo, "vm/uml/make-image.sh");

/**
 * Gives the disk with systemd, pnpm, the dependencies and ubuntu-fs: the one that is kept, or a new
 * one when there is none or what it is made from has changed.
 *
 * @returns its file
 */
export async function makeImage(signal: AbortSignal): Promise<string> {
  const image = path.join(cache, `${imageKey()}.ext2`);
  if (existsSync(image)) return image;

  await withFolder(async (folder) => {
    packRepo(path.join(folder, "workshop.tar"));
    await runScript(folder, signal);
    for (const name of readdirSync(cache)) {
      // A lab that runs on an old one goes on: it has the file open.
      if (name.endsWith(".ext2")) rmSync(path.join(cache, name));
    }
    renameSync(path.join(folder, "lab.ext2"), image);
  });
  return image;
}

async function runScript(folder: string, signal: AbortSignal): Promise<void> {
  const progress = startProgress("making the lab's disk (once, about two minutes)");
  const lines: string[] = [];
  try {
    // A process group of its own: it does not hear Ctrl-C, and is ended as a whole.
    const script = spawn("setpriv", ["--pdeathsig=TERM", SCRIPT, folder], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
    });
    const end = () => script.kill("SIGTERM");
    signal.addEventListener("abort", end);
    for (const input of [script.stdout, script.stderr]) {
      createInterface({ input }).on("line", (line) => {
        lines.push(line);
        progress.detail(line);
      });
    }
    const [status] = await once(script, "close");
    signal.removeEventListener("abort", end);
    signal.throwIfAborted();
    if (status !== 0) throw new Error(`no disk could be made:\n${lines.slice(-20).join("\n")}`);
  } finally {
    progress.end();
  }
}
