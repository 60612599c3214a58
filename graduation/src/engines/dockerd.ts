import { ask } from "./ask.ts";
import type { Place } from "./engine.ts";
import { startDaemon } from "./start-daemon.ts";

/** Starts dockerd, with a runtime of ours for all containers, and gives it the image. */
export async function startDockerd({ image, folder, runtime }: Place): Promise<void> {
  const runtimes = [`--add-runtime=workshop=${runtime}`, "--default-runtime=workshop"];
  const dockerd = ["dockerd", ...runtimes, "--exec-opt=native.cgroupdriver=cgroupfs"];
  await startDaemon(folder, dockerd, ["docker", "version"]);
  await ask("docker", "load", "--input", image.archive);
}
