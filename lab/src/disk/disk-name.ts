import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { repo } from "host";
import type { Architecture } from "../architecture.ts";
import { hasTools } from "./has-tools.ts";

/** The sources of a disk, besides Debian's packages. The lock files have all dependencies. */
const INPUTS = [
  ...["pnpm-lock.yaml", "pnpm-workspace.yaml"],
  ...(hasTools ? ["test/pnpm-lock.yaml", "test/pnpm-workspace.yaml"] : []),
  ...["lab/provision.sh", "lab/own-disk.sh", "lab/profile.sh", "lab/pnpm"],
  ...["lab/disk", "lab/machine"],
];

/** Returns a name that changes when a disk made now would be a different one. */
export function diskName({ name }: Architecture): string {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap(filesOf)) {
    hash.update(`${file}\n`).update(readFileSync(path.join(repo, file)));
  }
  return `lab-${name}-${hash.digest("hex").slice(0, 12)}`;
}

function filesOf(input: string): string[] {
  const full = path.join(repo, input);
  if (!statSync(full).isDirectory()) return [input];
  const names = readdirSync(full, { recursive: true, encoding: "utf8" }).sort();
  return names.map((name) => path.join(input, name)).filter((name) => isFile(name));
}

function isFile(name: string): boolean {
  return statSync(path.join(repo, name)).isFile();
}
