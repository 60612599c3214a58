import path from "node:path";
import { runPnpm } from "../run-pnpm.ts";
import type { Part } from "./part.ts";

/** The disk of the lab, for each architecture that was asked for. It is compressed already. */
export const labPart: Part = {
  step: "the lab's disk",
  async make({ out, copy, labs, signal, progress }) {
    // The copy's lab, as a student's disk has none of the developers' packages
    const lab = ["--silent", "--dir", path.join(copy, "lab"), "lab"];
    for (const name of labs) {
      const save = ["--arch", name, "--save-disk", path.join(out, `lab-${name}.tar`)];
      await runPnpm([...lab, ...save], { signal, onLine: progress.detail });
    }
  },
};
