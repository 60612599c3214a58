import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import { onTestFinished } from "vitest";

/** Lets a test save code in practice/, and puts back what was there. */
export function saveAs(name: string): (file: string) => void {
  const folder = path.join(repo, name);
  const before = mkdtempSync(path.join(repo, "practice/.kept-"));
  const progress = path.join(repo, "practice/progress.json");
  const kept = [folder, progress].filter((place) => existsSync(place));
  for (const place of kept) renameSync(place, path.join(before, path.basename(place)));
  onTestFinished(() => {
    for (const place of [folder, progress]) rmSync(place, { recursive: true, force: true });
    for (const place of kept) renameSync(path.join(before, path.basename(place)), place);
    rmSync(before, { recursive: true });
  });
  mkdirSync(folder);
  return (file) => copyFileSync(path.join(repo, file), path.join(folder, "main.ts"));
}
