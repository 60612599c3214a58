import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { PROBE, probe } from "./probe.ts";
import { fetchPage, SERVER } from "./serving.ts";

/** The options with which podman works without systemd. */
export const OPTIONS = ["--cgroup-manager=cgroupfs", "--events-backend=file"];

/** podman needs no daemon: the command itself calls the runtime. */
export const podman: Engine = {
  name: "podman",
  async run({ image, runtime }) {
    const command = ["podman", ...OPTIONS, "--runtime", runtime];
    await ask(...command, "load", "--input", image.archive);
    const seen = await probe(...command, "run", "--rm", "--network=none", image.name, ...PROBE);
    await ask(
      ...[...command, "run", "--detach", "--name=web", "--publish=8081:80", image.name],
      ...SERVER,
    );
    const page = await fetchPage("http://127.0.0.1:8081/");
    const name = await ask(...command, "exec", "web", "hostname");
    if (page !== name) throw new Error(`exec says ${name}, the server ${page}`);
    await ask(...command, "stop", "--time=20", "web");
    const status = await ask(...command, "inspect", "--format={{.State.ExitCode}}", "web");
    if (status !== "3") throw new Error(`stop gave ${status}`);
    await ask(...command, "rm", "web");
    const { Version } = JSON.parse(await ask("podman", "version", "--format=json")).Client;
    return `${Version}: ${seen}; -p and exec agree on its name; stop asked it to end`;
  },
};
