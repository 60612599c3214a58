import { readdirSync } from "node:fs";
import path from "node:path";

/** The root of the repo. */
export const repo = path.join(import.meta.dirname, "../..");

/** The container's root file system, on the host. */
export const ubuntuFs = path.join(repo, "ubuntu-fs");

/** The same of those that an ordinary user starts: its files are that user's. */
export const rootlessFs = path.join(repo, "rootless-fs");

/** The folder in which containers keep what they write, from stage 08 on. Each disposable host has its own. */
export const changesFolder = "/var/tmp";

/** The names of the stages, in order. */
export const stageNames = readdirSync(path.join(repo, "steps")).sort();

/** Returns the folder of a stage. */
export function stageFolder(stage: string): string {
  return path.join(repo, "steps", stage);
}

/** Returns the folder in which a student writes a stage. */
export function practiceFolder(stage: string): string {
  return path.join(repo, "practice", stage);
}
