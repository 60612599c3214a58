// Loaded before a stage, as `node --import`: holds the process that FAULTS_HOLD names, "run" or "child",
// where its own work begins, until somebody has taken hold of it with strace and lets it go on.
import { readlinkSync, readvSync, writeSync } from "node:fs";

if (process.argv[2] === process.env.FAULTS_HOLD) process.on("newListener", hold);

/** Holds a stage once it asks for one line per error: by then Node has loaded all its code. */
function hold(event: string | symbol): void {
  if (event !== "uncaughtException") return;
  process.off("newListener", hold);
  writeSync(2, `held ${readlinkSync("/proc/self")}\n`);
  // Two buffers make it readv(2), not read(2), which is counted: strace interrupts this call, and may
  // or may not see it begin again.
  readvSync(0, [Buffer.alloc(1), Buffer.alloc(0)]);
}
