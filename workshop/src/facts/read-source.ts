import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Reads the code in a package's folder, without its comments. */
export function readSource(folder: string): string {
  const source = path.join(folder, "src");
  const files = readdirSync(source).filter((name) => name.endsWith(".ts"));
  const text = files.map((name) => readFileSync(path.join(source, name), "utf8")).join("\n");
  return text.replace(/\/\*.*?\*\/|(?<![:"'`])\/\/[^\n]*/gs, "");
}
