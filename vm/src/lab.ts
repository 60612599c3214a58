// pnpm lab: a root shell in the lab
// pnpm lab -- <command> [args…]: its output and exit status
import { bootLab } from "./boot-lab.ts";
import { interruption } from "./interruption.ts";
import { makeImage } from "./make-image.ts";
import { requireHost } from "./require-host.ts";

const command = process.argv.slice(process.argv[2] === "--" ? 3 : 2);

try {
  requireHost(command);
  const signal = interruption();
  process.exitCode = await bootLab(await makeImage(signal), command, signal);
} catch (error) {
  // After an interruption the status says it all, as with every program.
  if (process.exitCode === undefined) {
    console.error(`lab: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
