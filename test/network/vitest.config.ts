import path from "node:path";
import { defineConfig } from "vitest/config";

// What downloads packages of a distribution: `pnpm check` runs it, `pnpm test` does not.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["network/*.network.ts"],
    setupFiles: ["./host/needs-root.ts"],
    testTimeout: 60_000,
  },
});
