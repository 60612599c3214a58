import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse, type Token } from "acorn";
import type { SiteConfig } from "vitepress";

/** The base that `pnpm docs:build` gives VitePress, only to be replaced here. */
const BASE = "/any-sub-path/";

const FIND_BASE = '<script>var siteBase=location.pathname.replace(/[^/]*$/,"")</script>';

/**
 * Makes the built site work from any folder of any server. VitePress writes the folder's path, its
 * base, into all files. Here it becomes "./" in HTML and CSS, as all pages are in one folder, and in
 * scripts an expression: the folder of the page that is open.
 */
export function anySubPath({ outDir, site }: SiteConfig): void {
  if (site.base !== BASE) return;
  for (const file of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
    const rebase = { ".html": rebaseHtml, ".js": rebaseScript, ".css": rebaseStyle }[
      path.extname(file)
    ];
    if (rebase === undefined) continue;
    const absolute = path.join(outDir, file);
    writeFileSync(absolute, rebase(readFileSync(absolute, "utf8")));
  }
}

function rebaseHtml(html: string): string {
  return html
    .replace(/(<script[^>]*>)([\s\S]*?)(<\/script>)/g, (_, open, script, close) =>
      [open, rebaseScript(script), close].join(""),
    )
    .replaceAll(`"${BASE}`, '"./')
    .replace("<head>", `<head>\n    ${FIND_BASE}`);
}

/** Makes the paths in a style relative: styles are in assets/, beside what they load. */
function rebaseStyle(css: string): string {
  return css.replaceAll(`${BASE}assets/`, "./");
}

/** Replaces the base in strings: "see /any-sub-path/start.html" → "see "+siteBase+"start.html". */
function rebaseScript(code: string): string {
  if (!code.includes(BASE)) return code;
  let rebased = "";
  let done = 0;
  for (const { type, start, end } of strings(code)) {
    const text = code.slice(start, end);
    const quote = text[0];
    const [before, after] =
      type.label === "template" ? [`\${siteBase}`, ""] : [`${quote}+siteBase+${quote}`, "()"];
    const replaced = text.replaceAll(BASE, before);
    const [open = "", close = ""] = replaced === text ? "" : after;
    rebased += code.slice(done, start) + open + replaced + close;
    done = end;
  }
  return rebased + code.slice(done);
}

function strings(code: string): Token[] {
  const tokens: Token[] = [];
  parse(code, { ecmaVersion: "latest", sourceType: "module", onToken: tokens });
  return tokens.filter(({ type }) => type.label === "string" || type.label === "template");
}
