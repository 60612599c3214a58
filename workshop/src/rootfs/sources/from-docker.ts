import { runTool } from "../run-tool.ts";
import type { Build } from "./source.ts";
import { unpack } from "./unpack.ts";

/** Makes a root of a Docker image, by way of a container that is never started. */
export async function fromDocker(image: string, build: Build): Promise<void> {
  const { signal, progress } = build;
  await checkEngine(signal);
  // A name known beforehand, to remove it by whenever this is interrupted.
  const container = `ubuntu-fs-${process.pid}`;
  try {
    const onLine = progress.detail;
    await runTool("docker", ["create", "--name", container, image], { signal, onLine });
    progress.detail("unpacking");
    await runTool("docker", ["export", container], {
      signal,
      consume: (tar) => unpack(tar, build),
    });
  } finally {
    // It fails when no container was made, which is as good; and an engine may never answer.
    const patience = AbortSignal.timeout(10_000);
    await runTool("docker", ["rm", "--force", container], { signal: patience }).catch(() => {});
  }
}

async function checkEngine(signal: AbortSignal): Promise<void> {
  await runTool("docker", ["--version"], { signal, install: "docker.io" });
  try {
    await runTool("docker", ["ps", "--quiet"], { signal });
  } catch (error) {
    signal.throwIfAborted();
    const start = 'type "systemctl start docker", or open Docker Desktop';
    const { message } = error as Error;
    throw new Error(`no Docker engine answers: ${start} (${message})`, { cause: error });
  }
}
