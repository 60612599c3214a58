import { defineConfig } from "vitest/config";
import lab from "./vitest.config.ts";

// What may differ on another architecture, which QEMU emulates: a stage takes ten seconds there.
export default defineConfig({
  test: { ...lab.test, include: ["lab/architecture.lab.ts"], testTimeout: 600_000 },
});
