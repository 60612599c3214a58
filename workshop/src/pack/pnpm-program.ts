import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { repo } from "host";

/** A package in the registry. */
interface Package {
  file: string;
  integrity: string;
}

/** Finds pnpm's own program for a processor. Nothing in the repo depends on it, so no install asks for it. */
export function pnpmFor(processor: string): Package {
  const name = `@pnpm/exe.linux-${processor}`;
  const lock = readFileSync(path.join(repo, "lab/pnpm/package-lock.json"), "utf8");
  const { version, integrity } = JSON.parse(lock).packages[`node_modules/${name}`];
  return { file: `${name}/-/exe.linux-${processor}-${version}.tgz`, integrity };
}

/** @throws {Error} when a file is not the one that lab/pnpm/package-lock.json names */
export function checkPnpm(file: string, integrity: string): void {
  const name = path.basename(file);
  if (!existsSync(file)) throw new Error(`the registry has no ${name}: is there a network?`);
  const hash = createHash("sha512").update(readFileSync(file)).digest("base64");
  if (`sha512-${hash}` === integrity) return;
  throw new Error(`${name} is not the one in lab/pnpm/package-lock.json: try again`);
}
