import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { PROBE, probe } from "./probe.ts";
import { startDaemon } from "./start-daemon.ts";

/** containerd keeps images and starts containers, for dockerd and Kubernetes; ctr(8) asks it by hand. */
export const containerd: Engine = {
  name: "containerd",
  async run({ image, folder, runtime }) {
    await startDaemon(folder, ["containerd"], ["ctr", "version"]);
    await ask("ctr", "images", "import", image.archive);
    const ctr = ["ctr", "run", "--rm", "--runc-binary", runtime];
    const seen = await probe(...ctr, image.name, "one", ...PROBE);
    const [, , version] = (await ask("containerd", "--version")).split(" ");
    return `${version}: ${seen}`;
  },
};
