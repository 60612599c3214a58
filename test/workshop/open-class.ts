import { openHost, repo } from "host";
import { onTestFinished } from "vitest";
import { layOverRepo } from "../kit/lay-over-repo.ts";

/** Opens a student's machine for one test: what is written into the repo there goes with it. */
export async function openClass() {
  const host = await openHost({ isSealed: true });
  onTestFinished(() => host.close());
  await layOverRepo(host);
  const forget = 'rm -rf "$1"/practice/progress.json "$1"/practice/*/src*';
  const { status, stderr } = await host.run("sh", "-c", forget, "sh", repo);
  if (status !== 0) throw new Error(stderr);
  const program = ["pnpm", "--dir", repo, "workshop"];
  return {
    host,
    /** Runs a shell script in the repo. */
    shell: (script: string) => host.run("sh", "-c", `cd "$0" && ${script}`, repo),
    /** Runs `pnpm workshop …`, without a terminal. */
    workshop: (...words: string[]) => host.run(...(program as [string]), ...words),
    /** Returns the same as a command line, for a terminal. */
    commandLine: (...words: string[]) => [...host.enter(), ...program, ...words],
  };
}
