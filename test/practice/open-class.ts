import { onTestFinished } from "vitest";
import { repo } from "workshop/host/folders";
import { openBox } from "workshop/host/open-box";

/** A student's machine for one test: what is written into the repo there is gone with it. */
export async function openClass() {
  const box = await openBox();
  onTestFinished(() => box.close());
  const layer = `
    mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work &&
    mount -t overlay -o lowerdir="$1",upperdir=/mnt/upper,workdir=/mnt/work overlay "$1" &&
    rm -rf "$1"/practice/progress.json "$1"/practice/*/src*`;
  const { status, stderr } = await box.run("sh", "-c", layer, "sh", repo);
  if (status !== 0) throw new Error(stderr);
  const program = ["pnpm", "--silent", "--dir", `${repo}/workshop`, "start"];
  return {
    box,
    /** Runs a shell script in the repo. */
    shell: (script: string) => box.run("sh", "-c", `cd "$0" && ${script}`, repo),
    /** `pnpm workshop …`, without a terminal. */
    workshop: (...words: string[]) => box.run(...(program as [string]), ...words),
    /** The same as a command line, for a terminal. */
    commandLine: (...words: string[]) => [...box.enter(), ...program, ...words],
  };
}
