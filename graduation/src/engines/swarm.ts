import { until } from "host";
import { ask } from "./ask.ts";
import { startDockerd } from "./dockerd.ts";
import type { Engine } from "./engine.ts";

/** An address of this machine that other machines of a swarm would know it by. */
const ADDRESS = "192.0.2.1";

/** A swarm keeps as many containers of a service as it was told to. */
export const swarm: Engine = {
  name: "swarm",
  async run(place) {
    await startDockerd(place);
    await ask("ip", "link", "add", "swarm", "type", "bridge");
    await ask("ip", "address", "add", `${ADDRESS}/24`, "dev", "swarm");
    await ask("ip", "link", "set", "swarm", "up");
    await ask("docker", "swarm", "init", `--advertise-addr=${ADDRESS}`);
    const service = ["docker", "service", "create", "--detach", "--no-resolve-image"];
    await ask(...service, "--name=web", "--replicas=2", place.image.name, "sleep", "1000");
    const [one] = await replicas("two replicas", (all) => all.length === 2);
    await ask("docker", "rm", "--force", one ?? "");
    await replicas("another one", (all) => all.length === 2 && !all.includes(one ?? ""));
    await ask("docker", "service", "rm", "web");
    await replicas("their end", (all) => all.length === 0);
    return "two replicas ran; one was killed, and another one took its place";
  },
};

/** Waits until the containers of the service are as they should be. */
function replicas(what: string, are: (containers: string[]) => boolean): Promise<string[]> {
  const list = ["docker", "ps", "--quiet", "--filter=name=web", "--filter=status=running"];
  return until(
    what,
    async () => {
      const containers = (await ask(...list)).split("\n").filter(Boolean);
      return are(containers) ? containers : undefined;
    },
    90,
  );
}
