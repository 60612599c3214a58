import path from "node:path";
import { repo, stageFolder } from "host";
import { ask, attempt, describeFailure } from "./ask.ts";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";

/** The image that `pnpm rootfs --from docker` takes. Here it is ours, as there is no network. */
const UBUNTU = "ubuntu:22.04";
const NODE = [process.execPath, "--import", path.join(repo, "shared-native/typescript.cjs")];
const PROBE = ["bash", "-c", "ls /ROOT_OF_CONTAINER; exit 7"];

/** The other way round: the stages run an image that an engine has. */
export const rootfs: Engine = {
  name: "rootfs",
  async run(place) {
    await startDockerd(place);
    await ask("docker", "tag", place.image.name, UBUNTU);
    const root = path.join(place.folder, "from-docker");
    await makeRoot("--from", "docker", "--to", root);
    await mustSee("chroot", root, ...PROBE);

    const saved = path.join(place.folder, "saved.tar");
    await ask("docker", "save", "--output", saved, UBUNTU);
    await makeRoot("--from", saved, "--layers", "saved");
    const stage = ["env", `--chdir=${stageFolder("08-overlay")}`, ...NODE, "src/main.ts", "run"];
    await mustSee(...stage, "--image=saved", ...PROBE);
    return "pnpm rootfs took the image from dockerd; stage 8 ran the layers that docker saved";
  },
};

async function makeRoot(...options: string[]): Promise<void> {
  const main = ["env", `--chdir=${repo}/workshop`, ...NODE, "src/main.ts", "rootfs"];
  await ask(...main, ...options);
}

async function mustSee(...command: string[]): Promise<void> {
  const outcome = await attempt(...command);
  if (outcome.status !== 7 || !outcome.stdout.includes("/ROOT_OF_CONTAINER")) {
    throw new Error(describeFailure(outcome));
  }
}
