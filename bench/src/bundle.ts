import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ubuntuFs } from "host";
import { runCommand } from "./command.ts";

/**
 * Makes the folder that an OCI runtime starts a container from: what its own `spec` proposes, with
 * our root, the namespaces of the last stage, and its limit.
 */
export async function writeBundle(runtime: string, folder: string): Promise<void> {
  const file = path.join(folder, "config.json");
  rmSync(file, { force: true });
  mkdirSync(folder, { recursive: true });
  await runCommand({ line: [runtime, "spec"], folder });

  const config = JSON.parse(readFileSync(file, "utf8"));
  config.root.path = ubuntuFs;
  config.process.terminal = false;
  config.process.args = ["/bin/true"];
  config.mounts = config.mounts.filter(({ destination }: { destination: string }) =>
    ["/proc", "/dev"].includes(destination),
  );
  config.linux.namespaces = ["uts", "pid", "mount"].map((type) => ({ type }));
  config.linux.resources.pids = { limit: 10 };
  config.linux.cgroupsPath = "/workshop-bench";
  writeFileSync(file, JSON.stringify(config));
}
