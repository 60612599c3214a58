import { readFileSync } from "node:fs";
import path from "node:path";

/** Where the paths in the pages start. */
const REPO = path.join(import.meta.dirname, "../..");

/** VitePress watches these files: a page is made again when one of them changes. */
interface Environment {
  includes?: string[];
}

/**
 * Reads a file that a page shows.
 *
 * @param file its path from the root of the repo
 * @param environment of the page that is being made
 * @throws {Error} when there is no such file, which ends the build
 */
export function readSource(file: string, environment: Environment): string {
  const absolute = path.join(REPO, file);
  environment.includes?.push(absolute);
  return readFileSync(absolute, "utf8");
}

/** The words of a fence's info string: `ts source=main.ts#run` and `console reason="no docker"`. */
export function attributesOf(info: string): Record<string, string> {
  const pairs = info.matchAll(/([\w-]+)=(?:"([^"]*)"|(\S+))/g);
  return Object.fromEntries([...pairs].map(([, name, quoted, bare]) => [name, quoted ?? bare]));
}
