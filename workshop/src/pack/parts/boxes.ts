import { readFileSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { runTool } from "../../rootfs/run-tool.ts";
import type { Part } from "./part.ts";

/** A box that Vagrant has here. */
interface Box {
  name: string;
  provider: string;
  version: string;
}

/** The boxes of the Vagrantfile that are here already, for whichever provider. None is downloaded. */
export const boxesPart: Part = {
  step: "Vagrant's boxes",
  async make({ out, work, signal, progress }) {
    const vagrantfile = readFileSync(path.join(repo, "Vagrantfile"), "utf8");
    const wanted = process.env.LAB_BOX?.split("@")[0] ?? /^BOX = "(.*?)"/m.exec(vagrantfile)?.[1];
    for (const { name, provider, version } of await listBoxes(signal)) {
      if (name !== wanted) continue;
      const pack = 'cd "$1" && exec vagrant box repackage "$2" "$3" "$4"';
      await runTool("sh", ["-c", pack, "sh", work, name, provider, version], { signal });
      const made = path.join(work, "package.box");
      if (statSync(made).size >= 2 ** 32) {
        progress.end(
          `the box for ${provider} has more than 4 GB, and FAT holds no such file: left out`,
        );
        rmSync(made);
        continue;
      }
      // The disk for the work may be another one
      const file = path.join(out, `box-${provider.replace(/[^\w-]/g, "_")}.box`);
      await runTool("cp", [made, file], { signal });
      rmSync(made);
    }
  },
};

async function listBoxes(signal: AbortSignal): Promise<Box[]> {
  const list = ["-c", "command -v vagrant >/dev/null || exit 0; exec vagrant box list"];
  const lines = await runTool("sh", list, { signal, env: { VAGRANT_CHECKPOINT_DISABLE: "1" } });
  return lines.flatMap((line) => {
    const [, name, provider, version] = /^(\S+)\s+\((\S+), ([^,)]+)/.exec(line) ?? [];
    return name && provider && version ? [{ name, provider, version }] : [];
  });
}
