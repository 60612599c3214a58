import path from "node:path";
import { defineConfig } from "vitest/config";

// Every stage test, and what can only be seen on a kernel of one's own, booted by systemd.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: [
      "0?-*.test.ts",
      "{every-stage,interactive,isolation,load,output,signals,surroundings,terminal}.test.ts",
      "surroundings/*.test.ts",
      "lab/*.lab.ts",
    ],
    setupFiles: ["host/needs-root.ts"],
    // A process takes fifty times as long to start there as on the host.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
