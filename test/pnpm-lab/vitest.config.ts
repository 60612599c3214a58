import path from "node:path";
import { defineConfig } from "vitest/config";

// `pnpm lab` as its user sees it, from outside. Some minutes, and what it needs: CI runs it on Debian.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["pnpm-lab/*.outside.ts"],
    setupFiles: ["./host/needs-root.ts", "pnpm-lab/make-disk.ts"],
    fileParallelism: false, // each machine has two processors
    testTimeout: 300_000,
    hookTimeout: 900_000,
  },
});
