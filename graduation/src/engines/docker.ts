import { ask } from "./ask.ts";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";
import { PROBE, probe } from "./probe.ts";
import { fetchPage, SERVER } from "./serving.ts";

/** `docker run` asks dockerd, which asks containerd, which starts a shim, which calls the runtime. */
export const docker: Engine = {
  name: "docker",
  async run(place) {
    await startDockerd(place);
    const { name } = place.image;
    const seen = await probe("docker", "run", "--rm", name, ...PROBE);
    await ask(...["docker", "run", "--detach", "--name=web", "--publish=8080:80", name], ...SERVER);
    const page = await fetchPage("http://127.0.0.1:8080/");
    const inside = await ask("docker", "exec", "web", "hostname");
    if (page !== inside) throw new Error(`exec says ${inside}, the server ${page}`);
    await ask("docker", "stop", "--time=20", "web");
    const status = await ask("docker", "inspect", "--format={{.State.ExitCode}}", "web");
    if (status !== "3") throw new Error(`stop gave ${status}`);
    await ask("docker", "rm", "web");
    const version = await ask("docker", "version", "--format={{.Server.Version}}");
    return `${version}: ${seen}; -p and exec agree on its name; stop asked it to end`;
  },
};
