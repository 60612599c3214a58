import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runTool } from "../rootfs/run-tool.ts";
import { withScratch } from "../rootfs/with-scratch.ts";
import type { Pack } from "./find-pack.ts";
import { listen } from "./listen.ts";
import { makeRoom } from "./room.ts";

interface Options {
  port: number;
  signal: AbortSignal;
  /** Is told the address of each computer that asks for a file. */
  tell(address: string): void;
}

/** Serves a pack and the course in it until the signal, or as long as `work` takes. */
export async function openRoom(
  pack: Pack,
  { port, signal, tell }: Options,
  work: () => Promise<void>,
): Promise<void> {
  await withScratch(path.join(tmpdir(), "workshop-course"), async (scratch) => {
    const course = path.join(scratch, "course");
    mkdirSync(course);
    const archive = path.join(pack.folder, "course.tar.gz");
    await runTool("tar", ["-xzf", archive, "-C", course], { signal });
    const server = await listen(makeRoom(pack, course, tell), port, pack.folder);
    try {
      await work();
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener("abort", () => resolve());
      });
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
}
