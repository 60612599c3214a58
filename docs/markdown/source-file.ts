import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder from which the paths in the pages start. */
const REPO = path.join(import.meta.dirname, "../..");

/** The files that VitePress watches: when one of them changes, it makes the page again. */
interface Environment {
  includes?: string[];
}

/**
 * Reads a file that a page shows.
 *
 * @param file its path from the root of the repo
 * @param environment that of the page being made
 * @throws {Error} when there is no such file, which ends the build
 */
export function readSource(file: string, environment: Environment): string {
  const absolute = path.join(REPO, file);
  environment.includes?.push(absolute);
  return readFileSync(absolute, "utf8");
}

/** Returns the attributes of a fence: `ts source=main.ts#run` or `console reason="no docker"`. */
export function attributesOf(info: string): Record<string, string> {
  const pairs = info.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, bare]) => [name, quoted ?? bare]));
}
