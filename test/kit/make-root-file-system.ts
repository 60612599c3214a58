import { repo, run } from "host";

/** Makes ubuntu-fs before all tests, unless it is there: else each disposable host would make its own. */
export async function setup(): Promise<void> {
  if (process.geteuid?.() !== 0) return; // the tests are skipped
  const make = ["pnpm", `--dir=${repo}`, "--silent", "rootfs", "--if-missing"];
  const { status, stderr } = await run(make);
  if (status !== 0) throw new Error(stderr);
}
