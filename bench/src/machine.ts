import { readFileSync } from "node:fs";
import os from "node:os";
import type { MachineDescription } from "./results.ts";

/** Describes where and when this runs. */
export function describeMachine(): MachineDescription {
  const release = readFileSync("/etc/os-release", "utf8");
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: os.cpus()[0]?.model ?? os.arch(),
    cores: os.availableParallelism(),
    load: Number(os.loadavg()[0]?.toFixed(1)),
    system: /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? "Linux",
    kernel: os.release(),
    node: process.version,
  };
}
