import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Part } from "./part.ts";

/**
 * The library that Node needs and that a small Debian or Ubuntu has not: the one that the Node here has
 * loaded, for machines of the same architecture.
 */
export const libatomicPart: Part = {
  step: "libatomic",
  async make({ out }) {
    const file = /\/\S*\/libatomic\.so\.1\S*$/m.exec(readFileSync("/proc/self/maps", "utf8"))?.[0];
    if (file) writeFileSync(path.join(out, `libatomic-${process.arch}.so.1`), readFileSync(file));
  },
};
