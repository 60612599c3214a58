import { appendFileSync, chownSync, mkdirSync } from "node:fs";
import { until } from "host";
import { ask, attempt } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { OPTIONS } from "./podman.ts";
import { PROBE, probe } from "./probe.ts";
import { SERVER } from "./serving.ts";

/** podman, started by an ordinary user: that user is root in the container, and nowhere else. */
export const rootless: Engine = {
  name: "rootless",
  async run({ image, runtime }) {
    const student = await addStudent();
    const command = [...student, "podman", ...OPTIONS, "--runtime", runtime];
    await ask(...command, "load", "--input", image.archive);
    const run = [...command, "run", "--rm", "--network=none", image.name];
    const seen = await probe(...run, ...PROBE);
    const map = (await ask(...run, "cat", "/proc/self/uid_map")).split("\n")[0];
    const [inside, outside] = map?.trim().split(/\s+/) ?? [];
    if (inside !== "0" || outside === "0") throw new Error(`root in there is ${outside} here`);
    await ask(...command, "run", "--detach", "--name=web", "--network=none", image.name, ...SERVER);
    const exec = [...command, "exec", "web", "cat", "/srv/index.html"];
    await until("the server's page", async () => (await attempt(...exec)).stdout !== "");
    await ask(...command, "stop", "--time=20", "web");
    const status = await ask(...command, "inspect", "--format={{.State.ExitCode}}", "web");
    if (status !== "3") throw new Error(`stop gave ${status}`);
    return `podman, started by user ${outside}, who is root in there: ${seen}; exec and stop, too`;
  },
};

/** Adds a user with subordinate IDs. Returns the words that go before what that user starts. */
async function addStudent(): Promise<string[]> {
  await ask("useradd", "--create-home", "--shell=/bin/bash", "student");
  const uid = Number(await ask("id", "--user", "student"));
  for (const file of ["/etc/subuid", "/etc/subgid"]) appendFileSync(file, ""); // usermod makes none
  const range = ["--add-subuids=200000-265535", "--add-subgids=200000-265535"];
  await ask("usermod", ...range, "student");
  const runtimeFolder = `/run/user-${uid}`;
  mkdirSync(runtimeFolder, { mode: 0o700 });
  chownSync(runtimeFolder, uid, uid);
  const user = [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", "--reset-env"];
  const environment = [`XDG_RUNTIME_DIR=${runtimeFolder}`, `PATH=${process.env.PATH}`];
  return ["setpriv", ...user, "env", "--chdir=/home/student", ...environment];
}
