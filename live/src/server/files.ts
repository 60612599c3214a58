import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import path from "node:path";
import { courseFolder } from "./course.ts";

const page = path.join(import.meta.dirname, "../../page");
const require = createRequire(import.meta.url);

/** The packages that the page imports, as they are in node_modules. */
const PACKAGES: Record<string, string> = {
  "vue.js": inPackage("vue", "dist/vue.runtime.esm-browser.prod.js"),
  "xterm.js": inPackage("@xterm/xterm", "lib/xterm.mjs"),
  "xterm.css": inPackage("@xterm/xterm", "css/xterm.css"),
  "addon-fit.js": inPackage("@xterm/addon-fit", "lib/addon-fit.mjs"),
};

const TYPES: Record<string, string> = {
  ".cast": "text/plain; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/javascript; charset=utf-8",
  ".woff2": "font/woff2",
};

/** A file as it is sent. */
export interface Sent {
  type: string;
  body: string | Buffer;
  /** The policy for what it may load and run. */
  policy: string;
}

/** Finds the file for a path, or returns undefined when there is none. */
export function findFile(pathname: string): Sent | undefined {
  const [, folder, ...rest] = pathname.split("/");
  const name = rest.join("/");
  if (folder === "" && name === "") return send(path.join(page, "index.html"));
  if (folder === "page") return send(below(page, name));
  if (folder === "packages") return send(PACKAGES[name]);
  if (folder !== "course") return undefined;
  const file = below(courseFolder, name === "" ? "index.html" : name);
  return file?.endsWith(".html") ? sendCoursePage(file) : send(file);
}

function inPackage(name: string, file: string): string {
  const [folder = ""] =
    require.resolve.paths(name)?.filter((one) => existsSync(path.join(one, name))) ?? [];
  return path.join(folder, name, file);
}

/** Returns a path in a folder, unless it leads out of it. */
function below(folder: string, name: string): string | undefined {
  const file = path.join(folder, name);
  return file.startsWith(`${folder}/`) ? file : undefined;
}

function send(file: string | undefined, change = (text: string) => text): Sent | undefined {
  if (file === undefined || !existsSync(file) || !statSync(file).isFile()) return undefined;
  const extension = path.extname(file);
  const type = TYPES[extension] ?? "application/octet-stream";
  const bytes = readFileSync(file);
  if (extension === ".ts") return { type, body: stripTypeScriptTypes(`${bytes}`), policy: OWN };
  if (extension !== ".html") return { type, body: bytes, policy: OWN };
  const body = change(`${bytes}`);
  return { type, body, policy: policyFor(body, "frame-ancestors 'none'") };
}

/** Sends a page of the course, with what sends its commands to the terminals. */
function sendCoursePage(file: string): Sent | undefined {
  const script = '<script type="module" src="../page/course-buttons.ts"></script></head>';
  const sent = send(file, (html) => html.replace("</head>", script));
  if (sent === undefined) return undefined;
  // VitePress makes functions of the text of those in its configuration
  const policy = policyFor(`${sent.body}`, "frame-ancestors 'self'");
  return { ...sent, policy: policy.replace("script-src", "script-src 'unsafe-eval'") };
}

const OWN = "default-src 'none'";

/** Lets a page load what is ours, and run the scripts in it that are there now, known by their hashes. */
function policyFor(html: string, frames: string): string {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = inline.map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  return [
    `default-src 'none'; script-src 'self' 'wasm-unsafe-eval' ${[...new Set(hashes)].join(" ")}`,
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:",
    "connect-src 'self'; frame-src 'self'; worker-src 'self' blob:; manifest-src 'self'",
    `${frames}; base-uri 'none'; form-action 'none'`,
  ].join("; ");
}
