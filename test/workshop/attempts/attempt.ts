import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repo, stageFolder } from "host";
import { checkStage, type Verdict } from "workshop/practice/check-stage";
import { findStage } from "workshop/stages/find-stage";

/** A change to the solution: our code, and what a student wrote instead. */
export type Edit = [ours: string, theirs: string];

/** A classic mistake. */
export interface Mistake {
  name: string;
  edits: Edit[];
  /** The fact that has to fail. */
  fact: string;
  actual?: RegExp;
  hint: RegExp;
  /** The time limit in seconds, for code that would not end. */
  seconds?: number;
}

/** Checks code as `pnpm workshop check` does, in a folder of its own, with the packages that are installed. */
export async function checkCode(
  stage: string,
  code: string,
  seconds = 40,
  packages = ["learnt", "oci", "shared-native"],
): Promise<Verdict[]> {
  const top = makeFolder();
  const folder = path.join(top, stage);
  try {
    mkdirSync(path.join(folder, "node_modules"), { recursive: true });
    mkdirSync(path.join(folder, "src"));
    for (const name of packages)
      symlinkSync(path.join(repo, name), path.join(folder, "node_modules", name));
    cpSync(path.join(stageFolder(stage), "package.json"), path.join(folder, "package.json"));
    writeFileSync(path.join(folder, "src/main.ts"), code);
    return await checkStage(findStage(stage), folder, {
      limits: { seconds, bytes: 1_000_000 },
      signal: new AbortController().signal,
    });
  } finally {
    rmSync(top, { recursive: true });
  }
}

/** Makes a folder as far above the code as practice/ is. Few names: Node's cache keeps all. */
function makeFolder(): string {
  for (let number = 1; ; number++) {
    const folder = path.join(repo, `.attempts-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Returns our code with a student's changes. */
export function edited(stage: string, edits: Edit[]): string {
  let code = readFileSync(path.join(stageFolder(stage), "src/main.ts"), "utf8");
  for (const [ours, theirs] of edits) {
    if (code.split(ours).length !== 2) throw new Error(`not once in ${stage}: ${ours}`);
    code = code.replace(ours, () => theirs);
  }
  return code;
}

/** Returns the fact that fails, without the stage's name in front. */
export function failure(verdicts: Verdict[]) {
  const verdict = verdicts.find(({ state }) => state === "fails");
  return verdict && { ...verdict, id: verdict.id.split("/")[1] };
}
