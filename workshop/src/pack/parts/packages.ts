import { mkdirSync, writeFileSync } from "node:fs";
import { setGlobalProxyFromEnv } from "node:http";
import path from "node:path";
import { repo } from "host";
import { runTool } from "../../rootfs/run-tool.ts";
import { downloadFrom } from "../download.ts";
import { type Mirror, startMirror } from "../mirror.ts";
import { checkPnpm, pnpmFor } from "../pnpm-program.ts";
import { runPnpm } from "../run-pnpm.ts";
import type { Job, Part } from "./part.ts";

/** The processors that students have, as Node calls them. */
const PROCESSORS = ["x64", "arm64"];

/** All packages, with pnpm and Node, for each processor: what an install there asks the registry for. */
export const packagesPart: Part = {
  step: "the packages, pnpm and Node",
  async make(job) {
    const { work, out, signal, progress } = job;
    setGlobalProxyFromEnv();
    const [registry = ""] = await runTool("pnpm", ["--dir", repo, "config", "get", "registry"]);
    const folder = path.join(work, "packages");
    mkdirSync(folder);
    const download = downloadFrom(registry, folder, signal, progress.detail);
    const mirror = await startMirror(folder, download);
    try {
      for (const processor of PROCESSORS) {
        mirror.asked.clear();
        await install(processor, mirror, job);
        const pnpm = pnpmFor(processor);
        await download(pnpm.file);
        checkPnpm(path.join(folder, pnpm.file), pnpm.integrity);
        const list = path.join(work, `${processor}.list`);
        writeFileSync(list, [...mirror.asked, pnpm.file].sort().join("\n"));
        const file = path.join(out, `packages-${processor}.tar`);
        await runTool("tar", ["-cf", file, "-C", folder, "--files-from", list], { signal });
      }
    } finally {
      mirror.close();
    }
  },
};

/** Installs in a copy of the repo as start.sh does on the student's machine, with nothing from before. */
async function install(processor: string, { url }: Mirror, { work, out, signal }: Job) {
  const copy = path.join(work, processor);
  mkdirSync(copy);
  const unpack = ["-xzf", path.join(out, "workshop.tar.gz"), "-C", copy, "--strip-components=1"];
  await runTool("tar", unpack, { signal });
  const platform = ["--os", "linux", "--cpu", processor, "--libc", "glibc"];
  const places = ["--registry", url, "--store-dir", path.join(work, `${processor}.store`)];
  const how = ["--frozen-lockfile", "--ignore-scripts", ...platform, ...places];
  await runPnpm(["--dir", copy, "install", ...how], { signal }).catch((error) => {
    signal.throwIfAborted();
    const reason = error.message.replace(/^\W+/, "");
    throw new Error(`the packages cannot be had: is there a network? (${reason})`, {
      cause: error,
    });
  });
}
