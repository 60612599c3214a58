import { existsSync } from "node:fs";
import path from "node:path";
import { repo, run, ubuntuFs } from "host";

/** Makes ubuntu-fs before all tests, unless it is there: else each disposable host would make its own. */
export async function setup(): Promise<void> {
  if (process.geteuid?.() !== 0 || existsSync(path.join(ubuntuFs, "ROOT_OF_CONTAINER"))) return;
  const make = ["pnpm", `--dir=${repo}`, "--silent", "rootfs", "--if-missing"];
  const { status, stderr } = await run(make);
  if (status !== 0) throw new Error(stderr);
}
