import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { practiceFolder, stageNames } from "host";

/** The time between two looks at the files, in milliseconds. */
const INTERVAL = 400;

/**
 * Has a stage checked when its code in practice/ is saved, and at first that which was saved last.
 *
 * @returns a function that ends it
 */
export function watchPractice(check: (stage: string, code: string) => void): () => void {
  const sources = new Map(stageNames.map((stage) => [stage, read(stage)]));
  const last = new Map(sources);
  const timer = setInterval(() => {
    for (const [stage, before] of sources) {
      const now = read(stage);
      // Saved to the end: the same twice in a row
      if (now !== before && now === last.get(stage)) {
        sources.set(stage, now);
        if (now !== "") check(stage, now);
      }
      last.set(stage, now);
    }
  }, INTERVAL);
  const begun = [...sources].filter(([, code]) => code !== "");
  const newest = begun.sort(([a], [b]) => savedAt(a) - savedAt(b)).at(-1);
  if (newest !== undefined) check(...newest);
  return () => clearInterval(timer);
}

function mainFile(stage: string): string {
  return path.join(practiceFolder(stage), "src/main.ts");
}

function savedAt(stage: string): number {
  return statSync(mainFile(stage), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Returns the code of a stage: its contents, as times of files say little after rsync. */
function read(stage: string): string {
  try {
    return readFileSync(mainFile(stage), "utf8");
  } catch {
    return "";
  }
}
