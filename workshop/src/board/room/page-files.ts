import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";

const folder = path.join(import.meta.dirname, "../page");

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ts": "text/javascript; charset=utf-8",
};

/** Returns a file of the page as a browser takes it, or undefined when there is none. */
export function pageFile(name: string): { type: string; text: string } | undefined {
  if (!readdirSync(folder).includes(name)) return undefined;
  const type = TYPES[path.extname(name)] ?? "text/plain";
  const text = readFileSync(path.join(folder, name), "utf8");
  return { type, text: name.endsWith(".ts") ? stripTypeScriptTypes(text) : text };
}
