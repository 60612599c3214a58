import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** Returns all files of a folder and what is in them, or "" while one cannot be read. */
export function readAll(folder: string): string {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    return files
      .map((file) => path.join(folder, file))
      .filter((file) => statSync(file).isFile())
      .map((file) => `${file}\0${readFileSync(file, "utf8")}`)
      .join("\0");
  } catch {
    return ""; // a file is being replaced just now
  }
}
