import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Command, runCommand, tryOut, typed } from "./command.ts";
import type { Job, Row } from "./results.ts";

const LAB = ["pnpm", "lab", "--", "true"];

/** Other things that a student or an author waits for. */
const JOBS: Pick<Command, "line" | "prepare">[] = [
  { line: ["pnpm", "rootfs"] },
  { line: ["pnpm", "docs:build"] },
  { line: LAB, prepare: () => runCommand({ line: LAB }) }, // the first one makes the lab's image
  { line: ["pnpm", "test"] },
];

/** Runs the long commands, once each. */
export async function measureJobs(): Promise<Row<Job>[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const file = path.join(folder, "time");
  const rows = [];
  for (const { line, ...job } of JOBS) {
    const name = line.join(" ");
    process.stderr.write(`${name}\n`);
    // GNU time asks the kernel for the largest of all processes below it
    const time = ["/usr/bin/time", "--format=%e %M", `--output=${file}`, ...line];
    const timed: Command = { ...job, name, line: time, package: "time" };
    const notHere = await tryOut(timed);
    const row = { name, typed: typed({ name, line }) };
    rows.push({ ...row, ...(notHere === undefined ? read(file) : { notHere }) });
  }
  rmSync(folder, { recursive: true });
  return rows;
}

function read(file: string): Job {
  const [seconds = 0, kibibytes = 0] = readFileSync(file, "utf8").trim().split(" ").map(Number);
  return { seconds, memory: Math.round(kibibytes / 1024) };
}
