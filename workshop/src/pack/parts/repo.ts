import path from "node:path";
import { repo } from "host";
import { runTool } from "../../rootfs/run-tool.ts";
import type { Part } from "./part.ts";

/** The repo at its commit. */
export const repoPart: Part = {
  step: "the repo",
  async make({ out, signal }) {
    const file = path.join(out, "workshop.tar.gz");
    const archive = ["archive", "--prefix=containers-from-scratch/", `--output=${file}`, "HEAD"];
    await git(archive, signal);
  },
};

/**
 * Finds the commit that the files of the repo are of.
 *
 * @throws {Error} where they are not those of a commit, with what to type
 */
export async function findCommit(signal: AbortSignal): Promise<string> {
  const commit = await headOfRepo(signal);
  const [changed] = await git(["status", "--porcelain", "--untracked-files=no"], signal);
  if (changed === undefined) return commit;
  throw new Error(
    `${changed.slice(3)} has changes that are in no commit: type "git commit" or "git stash" first`,
  );
}

/** @throws {Error} where the repo is no clone */
export async function headOfRepo(signal: AbortSignal): Promise<string> {
  const [commit = ""] = await git(["rev-parse", "--verify", "HEAD"], signal).catch((error) => {
    throw new Error(`${repo} is no clone of the repo, as "git clone" makes one`, { cause: error });
  });
  return commit;
}

/** Runs git, also as root in somebody's clone. */
async function git(command: string[], signal: AbortSignal): Promise<string[]> {
  return await runTool("git", ["-c", "safe.directory=*", "-C", repo, ...command], {
    signal,
    install: "git",
  });
}
