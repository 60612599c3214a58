import { html } from "hono/html";
import type { Pack } from "./find-pack.ts";
import type { Start } from "./start-line.ts";

/** The page of the room: the line to type, the course, and the files one by one. */
export function roomPage({ curl, wget }: Start, { sizes }: Pack) {
  const files = ["start", ...sizes.keys()];
  return html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>Containers from scratch: the room</title>
    <style>
      :root { color-scheme: light dark; background: light-dark(#fff, #1b1b1f); color: light-dark(#222, #eee); font: 1.1rem/1.5 system-ui, sans-serif; }
      a { color: light-dark(#0645ad, #9cbcff); }
      body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
      pre { padding: 1rem; border: 1px solid; border-radius: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 1.1rem; }
      td { padding: 0.1rem 1.5rem 0.1rem 0; }
      td + td { text-align: end; font-variant-numeric: tabular-nums; }
    </style>
  </head>
  <body>
    <main>
      <h1>Containers from scratch</h1>
      <p>On Linux, copy this line into a terminal. It installs everything, and nothing is downloaded after it:</p>
      <pre>${curl}</pre>
      <p>Where there is no curl:</p>
      <pre>${wget}</pre>
      <p>Compare the sixteen digits with those on the projector. Type the same line again when the network has failed: it goes on where it was.</p>
      <p>For a Mac or Windows, see <a href="course/lab.html">The lab</a> in <a href="course/index.html">the course</a>.</p>
      <h2>The files</h2>
      <p>With all of them in one folder, <code>sh start</code> needs no network at all.</p>
      <table>
        <tbody>
          ${files.map(
            (name) =>
              html`<tr><td><a href="${encodeURIComponent(name)}">${name}</a></td><td>${megabytes(sizes.get(name) ?? 0)}</td></tr>`,
          )}
        </tbody>
      </table>
    </main>
  </body>
</html>`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
