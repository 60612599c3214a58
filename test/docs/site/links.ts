import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { pages } from "../transcripts/blocks.ts";
import { dist } from "./build.ts";

/** Finds links and anchors within the built site that lead nowhere. */
export function findBrokenLinks(): string[] {
  const files = pages.map((page) => page.replace(/\.md$/, ".html"));
  const html = new Map(files.map((file) => [file, readFileSync(path.join(dist, file), "utf8")]));
  const broken: string[] = [];
  for (const [file, text] of html) {
    for (const [, target = ""] of text.matchAll(/<a [^>]*?href="([^"]*)"/g)) {
      if (/^https?:/.test(target)) continue;
      const [pathname = "", hash] = target.replace(/^\.\//, "").split("#");
      const to = pathname === "" && !target.startsWith("./") ? file : pathname || "index.html";
      const found = html.get(to) !== undefined || existsSync(path.join(dist, to));
      const anchored = !hash || html.get(to)?.includes(` id="${decodeURIComponent(hash)}"`);
      if (!found || !anchored) broken.push(`${file}: ${target}`);
    }
  }
  return [...new Set(broken)];
}
