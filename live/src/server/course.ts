import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, statSync } from "node:fs";
import path from "node:path";
import { repo } from "host";

/** The built course: not docs/.vitepress/dist, which another build may be emptying. */
export const courseFolder = path.join(repo, "live/.course");

/** Builds the course, unless that was done since its last change. */
export async function ensureCourse(signal: AbortSignal): Promise<void> {
  if (isFresh()) return;
  console.error("live: building the course, which takes some seconds");
  // One at a time, as VitePress has one folder for what it is at; and once, if two have begun together
  const script = `[ "$(stat -c %Y "$1/index.html" 2>&1)" -ge "$2" ] 2>&- ||
    exec vitepress build --base /any-sub-path/ --outDir "$1"`;
  const now = `${Math.ceil(Date.now() / 1000)}`;
  const build = spawn("flock", ["package.json", "sh", "-c", script, "sh", courseFolder, now], {
    cwd: path.join(repo, "docs"),
    env: { ...process.env, PATH: `${repo}/docs/node_modules/.bin:${process.env.PATH}` },
    stdio: "ignore", // on a terminal without columns, its spinner never ends
    signal,
  });
  const [status] = await once(build, "exit");
  if (status !== 0)
    throw new Error(`no course was built (status ${status}): type "pnpm docs:build" to see why`);
}

function isFresh(): boolean {
  const sources = globSync(
    "{docs,steps,shared-native,bench,workshop}/**/*.{md,ts,css,svg,json,cast}",
    {
      cwd: repo,
      exclude: ["**/node_modules/**", "docs/.vitepress/{cache,dist,.temp}/**"],
    },
  );
  const built = statSync(path.join(courseFolder, "index.html"), { throwIfNoEntry: false });
  return sources.every((file) => statSync(path.join(repo, file)).mtimeMs < (built?.mtimeMs ?? 0));
}
