import path from "node:path";
import { defineConfig } from "vitest/config";

// Every stage test, and what can only be seen on a kernel of one's own, booted by systemd.
export default defineConfig({
  test: {
    root: path.join(import.meta.dirname, ".."),
    include: ["*.test.ts", "surroundings/*.test.ts", "lab/*.lab.ts"],
    exclude: ["rootfs.test.ts", "bench.test.ts"], // one needs a network, the other a fast machine
    setupFiles: ["host/needs-root.ts"],
    // A process takes fifty times as long to start there as on the host.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
