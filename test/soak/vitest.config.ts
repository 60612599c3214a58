import path from "node:path";
import { defineConfig } from "vitest/config";

// What takes too long for every push, or wants the machine for itself.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["soak/*.soak.ts"],
    setupFiles: ["./host/needs-root.ts"],
    testTimeout: 3_600_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
