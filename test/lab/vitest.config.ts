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
    setupFiles: ["./host/needs-root.ts"],
    // QEMU may emulate the machine: a program takes twenty times as long to start as on the host.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2, // it has two processors
  },
});
