import path from "node:path";
import { runTool } from "../../rootfs/run-tool.ts";
import { runPnpm } from "../run-pnpm.ts";
import type { Part } from "./part.ts";

/** The built course: a site for any server, and for `pnpm live`. */
export const coursePart: Part = {
  step: "the course",
  async make({ out, copy, signal }) {
    const build = ["--silent", "--dir", path.join(copy, "docs"), "build"];
    await runPnpm(build, { signal }).catch((error) => {
      signal.throwIfAborted();
      throw new Error('the course cannot be built: type "pnpm docs:build" to see why', {
        cause: error,
      });
    });
    const site = path.join(copy, "docs/.vitepress/dist");
    await runTool("tar", ["-czf", path.join(out, "course.tar.gz"), "-C", site, "."], { signal });
  },
};
