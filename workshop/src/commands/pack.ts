import path from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { interruption, startProgress } from "host";
import type { Packed } from "../pack/make-pack.ts";
import { requireLinux } from "../requirements/require-linux.ts";

/** The architectures of the lab, by Node's names for the processors. */
const LABS: Record<string, string> = { x64: "amd64", arm64: "arm64" };

/** Describes `pnpm workshop pack`, which makes what a class without a network needs. */
export function packCommand(): Command {
  return new Command("pack")
    .description("makes everything that a class needs, for a USB stick or for the room")
    .argument("<folder>", "where to make it, such as /media/stick/workshop")
    .option(
      "--lab <architectures>",
      "whose lab goes along: amd64, arm64, amd64,arm64 or none (default: this computer's)",
      labNames,
      [LABS[process.arch] ?? "amd64"],
    )
    .action(pack);
}

async function pack(folder: string, { lab }: { lab: string[] }): Promise<void> {
  requireLinux();
  const { makePack } = await import("../pack/make-pack.ts"); // it loads much
  const target = path.resolve(process.env.INIT_CWD ?? "", folder);
  const signal = interruption();
  const progress = startProgress();
  const before = performance.now();
  try {
    show(target, await makePack(target, { labs: lab, signal, progress }), before);
  } finally {
    progress.end();
  }
}

function show(target: string, files: Packed[], before: number): void {
  const width = Math.max(...files.map(({ name }) => name.length));
  for (const { name, size } of files) console.log(`  ${name.padEnd(width)}  ${megabytes(size)}`);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const seconds = ((performance.now() - before) / 1000).toFixed(0);
  console.log(`  ${"all of it".padEnd(width)}  ${megabytes(total)}, made in ${seconds} s`);
  console.log(`\n  On a student's machine: sh ${path.join(target, "start")}\n`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1).padStart(7)} MB`;
}

function labNames(text: string): string[] {
  const names = text === "none" ? [] : text.split(",");
  if (names.every((name) => Object.values(LABS).includes(name))) return names;
  throw new InvalidArgumentError("choose amd64, arm64, amd64,arm64 or none.");
}
