import { spawnSync } from "node:child_process";
import { repo } from "./folders.ts";

/** What the lab has its own of, and what it does not need. */
const LEFT_OUT = [
  ...["--exclude-vcs", "--exclude=node_modules", "--exclude=./.attempts-*"],
  ...["--exclude=./ubuntu-fs", "--exclude=./.ubuntu-fs.*"],
  ...["--exclude=.vitepress/dist", "--exclude=.vitepress/cache"],
];

/** Packs the repo as it is now, for /workshop. */
export function packRepo(file: string): void {
  const { status, stderr } = spawnSync("tar", [
    ...["--create", `--file=${file}`, `--directory=${repo}`, ...LEFT_OUT],
    ...["--owner=0", "--group=0", "--transform=flags=r;s,^\\.,workshop,", "."],
  ]);
  // 1: a file has changed, or has gone, while it was read.
  if (status !== 0 && status !== 1) throw new Error(`the repo could not be packed: ${stderr}`);
}
