import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    setupFiles: ["./host/needs-root.ts"],
    // A repo that a test mounts elsewhere would have pnpm install again, in the middle of all tests.
    env: { pnpm_config_verify_deps_before_run: "false" },
    // Generous: the machine of a class is slow, and a lab without hardware virtualisation slower.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most tests wait most of the time: for signals, terminals, time-outs.
    maxWorkers: 4,
    isolate: false,
  },
});
