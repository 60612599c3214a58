import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SUMS, sumOf } from "./sums.ts";

/** Writes `start`, the script that students run: it knows its pack by the commit and by the checksums. */
export async function writeStart(folder: string, commit: string, signal: AbortSignal) {
  const script = readFileSync(path.join(import.meta.dirname, "start.sh"), "utf8");
  const values = { commit, sums: await sumOf(path.join(folder, SUMS), signal), from: "" };
  writeFileSync(path.join(folder, "start"), fillIn(script, values));
}

/** Gives the variables on top of a script their values. */
export function fillIn(script: string, values: Record<string, string>): string {
  return Object.entries(values).reduce(
    (text, [name, value]) =>
      text.replace(new RegExp(`^${name}=.*$`, "m"), () => `${name}=${value}`),
    script,
  );
}

/** Reads such a variable, or returns nothing where there is none. */
export function readVariable(script: string, name: string): string | undefined {
  return new RegExp(`^${name}=(\\w+)$`, "m").exec(script)?.[1];
}
