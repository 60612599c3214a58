import type { Options } from "../doctor/check.ts";
import { runChecks } from "../doctor/run-checks.ts";
import { paint } from "../terminal/paint.ts";
import { wrap } from "../terminal/wrap.ts";

/** Runs `pnpm workshop doctor`: tells what this machine can do. Status 1 when a stage could not run. */
export async function doctor({ json, ...options }: Options & { json: boolean }): Promise<void> {
  const findings = runChecks(options);
  const isFit = findings.every(({ state }) => state !== "lacks");
  if (!isFit) process.exitCode = 1;
  if (json) {
    console.log(JSON.stringify({ fit: isFit, findings }, null, 2));
    return;
  }
  console.log();
  for (const { title, state, actual, type } of findings) {
    const mark = { ok: paint("green", "✓"), limits: "·", lacks: paint("red", "✗") }[state];
    console.log(wrap(`  ? ${title.padEnd(12)}`, actual).replace("?", mark));
    if (type) console.log(`${" ".repeat(16)}${paint("bold", type)}`);
  }
  console.log(isFit ? "\n  All stages can run here.\n" : "\n  Not all stages can run here.\n");
}
