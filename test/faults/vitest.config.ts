import path from "node:path";
import { defineConfig } from "vitest/config";

// Minutes, not seconds: too long for every `pnpm test`. CI runs it.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["faults/*.fault.ts"],
    setupFiles: ["./host/needs-root.ts"],
    testTimeout: 3_600_000,
    maxConcurrency: 2,
  },
});
