import { onTestFinished } from "vitest";
import { repo } from "workshop/host/folders";
import { openBox } from "workshop/host/open-box";
import { layOverRepo } from "../host/lay-over-repo.ts";

/** A student's machine for one test: what is written into the repo there is gone with it. */
export async function openClass() {
  const box = await openBox();
  onTestFinished(() => box.close());
  await layOverRepo(box);
  const forget = 'rm -rf "$1"/practice/progress.json "$1"/practice/*/src*';
  const { status, stderr } = await box.run("sh", "-c", forget, "sh", repo);
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
