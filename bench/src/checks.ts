import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { practiceFolder, repo, run, stageFolder, stageNames } from "host";
import type { Command } from "./command.ts";

/** Checks the first stage's code while there is none: the first fact fails, and the status is 1. */
const FAILING = `
  mv src/main.ts src/ours.ts && touch src/main.ts
  pnpm workshop check 01
  status=$?
  mv src/ours.ts src/main.ts
  test $status = 1`;

/** The checks that a student waits for after each change. */
export const checks: Command[] = [
  ...stageNames.map((stage) => {
    const line = ["pnpm", "workshop", "check", stage.slice(0, 2)];
    return { name: line.join(" "), line, prepare: () => practise(stage) };
  }),
  {
    name: "pnpm workshop check, where the first fact fails",
    line: ["sh", "-c", FAILING],
    folder: practiceFolder(stageNames[0] ?? ""),
    prepare: () => practise(stageNames[0] ?? ""),
  },
];

let isLaid = false;

/** Puts our code where a student's would be. Nothing of that is seen outside of the benchmark. */
async function practise(stage: string): Promise<void> {
  if (!isLaid) await layOver(path.join(repo, "practice"));
  isLaid = true;
  const source = path.join(practiceFolder(stage), "src");
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source);
  copyFileSync(path.join(stageFolder(stage), "src/main.ts"), path.join(source, "main.ts"));
}

/** Lays a folder over another in this program's own mount namespace: what is written goes with it. */
async function layOver(folder: string): Promise<void> {
  const script = `
    mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work &&
    mount -t overlay -o lowerdir="$0",upperdir=/mnt/upper,workdir=/mnt/work overlay "$0"`;
  const { status, stderr } = await run(["sh", "-c", script, folder]);
  if (status !== 0) throw new Error(stderr.trim());
}
