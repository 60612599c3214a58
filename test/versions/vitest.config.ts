import path from "node:path";
import { defineConfig } from "vitest/config";

// Every stage as a student sees it, with another version of Node: test/node-versions.sh says which.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["0?-*.test.ts", "isolation.test.ts"],
    setupFiles: ["./host/needs-root.ts"],
    testTimeout: 300_000, // older ones read TypeScript through tsx, which takes its time
    hookTimeout: 300_000,
  },
});
