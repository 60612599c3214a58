import { writeFileSync } from "node:fs";
import path from "node:path";
import { ask } from "./ask.ts";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";
import { PROBE, probe } from "./probe.ts";
import { startDaemon } from "./start-daemon.ts";

const ADDRESS = "127.0.0.1:5000";
const COPY = `${ADDRESS}/ubuntu-fs:latest`;

/** The image goes to a registry and comes back, with the digest that it was given by hand. */
export const registry: Engine = {
  name: "registry",
  async run(place) {
    await startRegistry(place.folder);
    const { folder, manifest } = place.image;
    const copy = ["skopeo", "copy", "--dest-tls-verify=false"];
    await ask(...copy, `oci:${folder}`, `docker://${COPY}`);
    await startDockerd(place);
    const digest = /sha256:\w+/.exec(await ask("docker", "pull", COPY))?.[0];
    if (digest !== manifest.digest) throw new Error(`docker pulled ${digest}`);
    const seen = await probe("docker", "run", "--rm", COPY, ...PROBE);
    return `skopeo pushed, docker pulled ${digest.slice(0, 19)}: ${seen}`;
  },
};

async function startRegistry(folder: string): Promise<void> {
  const file = path.join(folder, "registry.json"); // JSON is YAML
  const storage = { filesystem: { rootdirectory: path.join(folder, "registry") } };
  writeFileSync(file, JSON.stringify({ version: 0.1, storage, http: { addr: ADDRESS } }));
  const question = ["bash", "-c", `: </dev/tcp/${ADDRESS.replace(":", "/")}`];
  await startDaemon(folder, ["docker-registry", "serve", file], question);
}
